"""A copy of the book as files, which any host serves: no program runs behind it.

    exported = export(settings, base="/book/")
    exported.problems                         links that lead nowhere, and what else is wrong
    write(exported, Path("site"))

The copy has the same pages from the same templates.  What a server would answer is written out:

    questions   what each widget asks for its examples and for the options that lessons give it;
                ``asked_always`` what it asks in any case, ``asked`` one question
    answers     those questions put to the application in this process, and the answers as files
    places      what the search finds, for a search that runs in the browser
    addresses   ``/lessons/jacobian`` becomes the folder ``/lessons/jacobian/``
    linkcheck   every link, image, module and style sheet of the copy leads somewhere
    site        puts all of it together; ``folder`` writes it to disk

A widget that learns to ask the server something new lists it in ``questions``; a test opens every
exported page, chooses every example and finds what is missing.
"""

from app.export.folder import write
from app.export.site import Exported, export

__all__ = ["Exported", "export", "write"]
