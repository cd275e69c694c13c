"""Settings: where they come from, which one wins, and what is said of a wrong one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.settings import (
    SettingsError,
    ThemeSettings,
    environment_names,
    load_settings,
    load_with_origins,
)
from app.settings.origins import lines_of_keys
from app.settings.showing import as_json, as_toml, shown_value
from app.settings.theme import contrast, grounds


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(text: str) -> Path:
    path = Path("nabla.toml")
    path.write_text(text, encoding="utf-8")
    return path


def problem(text: str | None = None, environment: dict[str, str] | None = None) -> str:
    if text is not None:
        write(text)
    with pytest.raises(SettingsError) as caught:
        load_settings(environment=environment or {})
    return str(caught.value)


def test_without_anything_the_defaults_hold() -> None:
    settings = load_settings(environment={})
    assert (settings.server.host, settings.server.port) == ("127.0.0.1", 8000)
    assert not settings.server.watch


def test_the_environment_beats_the_file_and_flags_beat_both() -> None:
    write("[server]\nport = 81\nhost = 'file'\nprefix = '/file'")
    environment = {"NABLA__SERVER__PORT": "82", "NABLA__SERVER__HOST": "environment"}
    settings = load_settings(flags={"server": {"port": "83"}}, environment=environment)
    assert settings.server.port == 83
    assert settings.server.host == "environment"
    assert settings.server.prefix == "/file"


def test_a_flag_that_was_not_given_changes_nothing() -> None:
    write("[server]\nport = 81")
    assert load_settings(flags={"server": {"port": None}}, environment={}).server.port == 81


def test_lists_may_be_written_with_blanks() -> None:
    settings = load_settings(
        environment={"NABLA__EMBED__ANCESTORS": "https://a.example https://b.example"}
    )
    assert settings.embed.ancestors == ("https://a.example", "https://b.example")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[server]\nhots = 'a'", "There is no setting server.hots. Did you mean “host”?"),
        ("[srver]\nport = 1", "There is no setting [srver]. Did you mean “server”?"),
        ("[zzz]", "There are: server, book, course,"),
        ("server = 3", "write [server] with its keys below"),
        ("port =", "This is not TOML"),
        ("port = 8080", "“port” stands outside its section. Write [server] on a line above it."),
        ("[server]\nport = true", "server.port cannot be used (True was given): write a number."),
        ("[server]\nprocesses = true", "server.processes cannot be used"),
        ("[server]\nwatch = 2", "write true or false"),
        ("[book]\ncontent = 3", "write a path, in quotes"),
        ("[book]\nlayout = 'numerater'", "Did you mean “numerator”?"),
        ("[code]\nlanguages = 3", "write a list"),
        ("[course]\ntitle = 3", "write text, in quotes"),
        ("[course]\ntitle = '" + "x" * 201 + "'", "it should have at most 200 characters"),
        (
            "[links]\nheader = '" + "[A](https://a.example) " * 5 + "'",
            "at most 4 of them find a place",
        ),
        ("[links]\nheader = ['A']", 'write { title = "…", address = "https://…" }'),
        ("[server]\nport = 99999", "server.port cannot be used (99999 was given)"),
        ("[server]\nprefix = 'course'", "a prefix starts with a slash"),
        ("[server]\nprefix = '/a?b'", "plain path segments"),
        ("[book]\nlayout = 'row'", "'numerator' or 'denominator'"),
        ("[embed]\nancestors = ['a; b']", "is not an origin"),
        ("[course]\ncontact = 'office'", "“office” is no address; write https://… or mailto:…"),
        ("[report]\naddress = 'javascript:x'", "“javascript:x” is no address"),
        ("[code]\nlanguages = ['julia']", "“julia” is none of numpy, pytorch, jax"),
        ("[code]\nlanguages = ['jax', 'jax']", "each library stands once"),
        ("[theme]\naccent = 'blue'", "a colour is written #rrggbb, such as #1d4f91"),
        ("[links]\nheader = [{title = 'A', adress = 'b'}]", "Did you mean “address”?"),
        ("[links]\nfooter = [{title = 'A', address = 'b'}]", "links.footer.0.address cannot be"),
    ],
)
def test_a_wrong_file_is_named_with_what_to_do(text: str, expected: str) -> None:
    message = problem(text)
    line = 1 if text.startswith(("server", "port", "[zzz", "[srver")) else 2
    assert message.startswith(f"nabla.toml:{line}: error: ")
    assert expected in message


def test_the_table_of_a_list_is_found() -> None:
    link = '[[links.header]]\ntitle = "A"\naddress = "https://a.example"\n'
    assert problem(f"{link}{link}adress = 'b'").startswith("nabla.toml:7: error: ")
    assert problem(f"{link}[[links.header]]\ntitle = 'B'").startswith("nabla.toml:4: error: ")


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("metrics", "token", "hush"),
        ("cache", "redis", "http://ada:hush@host"),
        ("course", "contact", "ftp://ada:hush@host"),
    ],
)
def test_what_is_said_of_a_secret_does_not_tell_it(section: str, key: str, value: str) -> None:
    message = problem(f"[{section}]\n{key} = '{value}'")
    assert message.startswith(f"nabla.toml:2: error: {section}.{key} cannot be used")
    assert "hush" not in message


def test_a_file_that_an_editor_saved_in_its_own_way_is_read_or_named() -> None:
    Path("nabla.toml").write_bytes(b"\xef\xbb\xbf[server]\r\nport = 81\r\n")
    assert load_settings(environment={}).server.port == 81
    Path("nabla.toml").write_bytes(b"[course]\n\ntitle = '\xe9'\n\n")
    with pytest.raises(SettingsError, match=r"nabla\.toml:3: error: The file is not UTF-8\."):
        load_settings(environment={})


def test_empty_text_leaves_unset_what_has_no_default() -> None:
    environment = {"NABLA__BOOK__CONTENT": "", "NABLA__BOOK__LAYOUT": ""}
    settings = load_settings(write("[book]\ncontent = ''"), environment=environment)
    assert (settings.book.content, settings.book.layout) == (None, None)


def test_whoever_stands_in_a_book_means_that_book(tmp_path: Path) -> None:
    Path("book.toml").write_text('extends = "builtin"\n', "utf-8")
    settings, origins = load_with_origins(environment={})
    assert settings.book.content == Path()
    assert str(origins["book", "content"]) == "book.toml:1"
    named = load_settings(environment={}, flags={"book": {"content": str(tmp_path / "other")}})
    assert named.book.content == tmp_path / "other"


def test_a_wrong_variable_is_named() -> None:
    message = problem(environment={"NABLA__SERVER__PRT": "1"})
    assert "NABLA__SERVER__PRT" in message
    assert "Did you mean “NABLA__SERVER__PORT”" in message
    assert "Did you mean “NABLA__SERVER__PORT”" in problem(environment={"NABLA_PORT": "1"})
    assert "NABLA__SERVER__PORT cannot be used ('x' was given)" in problem(
        environment={"NABLA__SERVER__PORT": "x"}
    )


def test_a_missing_file_that_was_named_is_an_error() -> None:
    with pytest.raises(SettingsError, match=r"There is no settings file “other\.toml”"):
        load_settings(Path("other.toml"), environment={})


def test_every_setting_has_a_description_and_a_name_in_the_environment() -> None:
    from app.settings import sections

    fields = [field for model in sections().values() for field in model.model_fields.values()]
    assert all(field.description for field in fields)
    assert len(set(environment_names())) == len(fields)


class TestTheme:
    def theme(self, **colours: str) -> ThemeSettings:
        return load_settings(flags={"theme": colours}, environment={}).theme

    def test_a_colour_that_cannot_be_read_is_refused_with_the_figure(self) -> None:
        message = problem("[theme]\naccent = '#7799cc'")
        ratio = float(re.search(r"is ([\d.]+):1", message)[1])  # type: ignore[index]
        ground = re.search(r"\((#[0-9a-f]{6})\)", message)[1]  # type: ignore[index]
        assert ratio == pytest.approx(contrast("#7799cc", ground), abs=0.005)
        assert ratio < 4.5
        assert "words need 4.5:1" in message

    def test_the_shade_that_is_proposed_is_accepted(self) -> None:
        proposed = re.search(r"(#\w{6}) can be read", problem("[theme]\naccent = '#7799cc'"))
        assert proposed is not None
        assert self.theme(accent=proposed[1]).accent == proposed[1]

    @pytest.mark.parametrize("key", ["accent_dark", "accent_2_dark"])
    def test_a_dark_scheme_is_measured_on_dark_grounds(self, key: str) -> None:
        with pytest.raises(SettingsError, match=r"dark (paper|surface|raised|wash) \(#"):
            self.theme(**{key: "#1d4f91"})

    @pytest.mark.parametrize(
        ("first", "second", "ratio"),
        [("#000000", "#ffffff", 21), ("#767676", "#ffffff", 4.54), ("#ffffff", "#ffffff", 1)],
    )
    def test_contrast_is_that_of_wcag(self, first: str, second: str, ratio: float) -> None:
        assert contrast(first, second) == pytest.approx(ratio, abs=0.005)

    def test_the_dark_shade_is_made_when_none_is_given(self) -> None:
        sheet = self.theme(accent="#7a1f5c").style_sheet()
        dark = re.search(r"data-theme=dark\] \{ --accent: (#\w{6});", sheet)
        assert dark is not None
        assert all(contrast(dark[1], ground) >= 4.5 for ground in grounds("dark").values())

    def test_without_colours_there_is_no_style_sheet(self) -> None:
        assert self.theme().style_sheet() == ""

    def test_the_books_own_colours_would_be_accepted(self) -> None:
        assert self.theme(accent="#1d4f91", accent_2="#a83a14", accent_3="#17695a")
        assert self.theme(accent_dark="#93b7f2")


class TestOrigins:
    def test_every_value_is_told_with_its_place(self) -> None:
        write("[server]\n\nhost = 'a'\nport = 1\nprefix = '/p'\n[course]\n# none\ntitle = 'T'")
        _, origins = load_with_origins(
            flags={"server": {"port": "3"}}, environment={"nabla__server__HOST": "b"}
        )
        assert str(origins["server", "host"]) == "nabla__server__HOST"
        assert str(origins["server", "port"]) == "--port"
        assert str(origins["server", "prefix"]) == "nabla.toml:5"
        assert str(origins["course", "title"]) == "nabla.toml:8"
        assert str(origins["server", "watch"]) == "default"

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("\ncourse.title = 'a'", 2),
            ("\n\ncourse = {contact = 'a@b', title = 'a'}", 3),
            ('["course"]\n"title" = 3', 2),
        ],
    )
    def test_any_spelling_of_toml_is_found(self, text: str, line: int) -> None:
        assert lines_of_keys(text)["course", "title"] == line

    def test_a_list_of_tables_is_found_at_its_first_line(self) -> None:
        text = "[links]\n[[links.header]]\ntitle = 'A'\naddress = 'https://a.example'"
        write(text)
        settings, origins = load_with_origins(environment={})
        assert settings.links.header[0].title == "A"
        assert str(origins["links", "header"]) == "nabla.toml:2"


def test_links_may_be_written_in_the_environment() -> None:
    written = "[Forum](https://a.example) [Mail us](mailto:a@b.example)"
    settings = load_settings(environment={"NABLA__LINKS__FOOTER": written})
    assert [link.title for link in settings.links.footer] == ["Forum", "Mail us"]
    assert "links are written" in problem(environment={"NABLA__LINKS__FOOTER": "Forum"})


def test_paths_in_a_file_start_from_its_folder() -> None:
    Path("deploy").mkdir()
    Path("deploy/nabla.toml").write_text("[book]\ncontent = '../course'\n", encoding="utf-8")
    file = Path("deploy/nabla.toml")
    assert load_settings(file, environment={}).book.content == Path("course")
    elsewhere = load_settings(file, environment={"NABLA__BOOK__CONTENT": "here"})
    assert elsewhere.book.content == Path("here")


def test_what_is_shown_can_be_read_again_and_hides_secrets() -> None:
    write(
        "[course]\ntitle = 'Maß \"1\"'\n[code]\nlanguages = ['jax', 'numpy']\n[server]\nport = 81"
    )
    settings, origins = load_with_origins(
        environment={"NABLA__LINKS__HEADER": "[A](https://a.example)"}
    )
    shown = as_toml(settings, origins)
    assert "port = 81  # nabla.toml:6" in shown
    Path("again.toml").write_text(shown, encoding="utf-8")
    assert load_settings(Path("again.toml"), environment={}) == settings
    assert json.loads(as_json(settings, origins))["code"]["languages"]["value"] == ["jax", "numpy"]
    assert shown_value(SecretStr("token")) == "(hidden)"
    assert shown_value("redis://:word@host/0") == "redis://(hidden)@host/0"


def test_limits_caches_and_proxies_are_settings() -> None:
    write(
        '[server]\ntrusted_proxies = ["127.0.0.1", "10.0.0.0/8"]\n'
        '[limits]\nrates = "5/second"\nin_flight = 2\n'
        '[cache]\nmemory = 8\nredis = "redis://:secret@localhost:6379/0"\n'
    )
    settings = load_settings(environment={})
    assert settings.server.trusted_proxies == ("127.0.0.1", "10.0.0.0/8")
    assert (settings.limits.rates, settings.limits.in_flight) == ("5/second", 2)
    assert settings.cache.memory == 8
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ('[server]\ntrusted_proxies = ["my-proxy"]\n', "10.0.0.0/8"),
        ('[limits]\nrates = "often"\n', "200/second"),
        ('[cache]\nredis = "localhost"\n', "redis://localhost"),
        ("[cache]\nmemory = 0\n", "memory"),
    ],
)
def test_limits_that_cannot_be_used_say_how_to_write_them(text: str, advice: str) -> None:
    assert advice in problem(text)
