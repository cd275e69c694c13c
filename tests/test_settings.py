"""Settings: where they come from, which one wins, and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.settings import SettingsError, environment_names, load_settings


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
        ("[zzz]", "There are: server, book, embed."),
        ("server = 3", "write [server] with its keys below"),
        ("port =", "This is not TOML"),
        ("port = 8080", "“port” stands outside its section. Write [server] on a line above it."),
        ("[server]\nport = true", "a port is a number, such as 8000"),
        ("[server]\nport = 99999", "server.port cannot be used (99999 was given)"),
        ("[server]\nprefix = 'course'", "a prefix starts with a slash"),
        ("[server]\nprefix = '/a?b'", "plain path segments"),
        ("[book]\nlayout = 'row'", "'numerator' or 'denominator'"),
        ("[embed]\nancestors = ['a; b']", "is not an origin"),
    ],
)
def test_a_wrong_file_is_named_with_what_to_do(text: str, expected: str) -> None:
    message = problem(text)
    assert message.startswith("nabla.toml: error: ")
    assert expected in message


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
