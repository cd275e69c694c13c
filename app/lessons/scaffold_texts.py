"""The texts that new lessons, chapters, identities and overlays begin with."""

LESSON = """\
---
title: {title}
summary: One sentence that says what the lesson is about.
prerequisites: []
objectives:
  - say what you can do after this lesson
time: 20
---
Begin with the question that the lesson answers.

(sec-{label})=
## The first section

A formula in a sentence is $f(x) = x^\\top A x$. One that the book derives and checks by itself:

```{{derivative}} x'*A*x
:wrt: x
:given: "A: n,n; x: n"
:claim: "(A + A')*x"
:label: eq-{label}
```

By {{eq}}`eq-{label}` the gradient is linear in $x$.

:::{{summary}}
- What to remember of the lesson, one sentence a line.
:::
"""

CHAPTER = """\
[[chapters]]
id = {id}
title = {title}
summary = "One sentence that says what the chapter is about."
lessons = ["{lesson}"]
"""

INSERT = """\
[[insert]]
lesson = {lesson}
chapter = {chapter}
"""

IDENTITY_FILE = """\
# Identities of this course, each derived and checked by the engine when the book is loaded.
group: own
title: Identities of this course
order: 100
identities:
"""

IDENTITY = """\
  - id: {id}
    title: {title}
    expr: {expression}
    wrt: {wrt}
    given: {given}
    claim: {claim}
"""

OVERLAY = """\
# An overlay: what stands in this folder changes the book that it extends.
# nabla serve --content <this folder> shows it, nabla check --content <this folder> checks it.
extends = {extends}  # or a path such as "../book", or the name of an installed package
title = {title}

# default-layout = "denominator"      # the layout for readers who have not chosen
# only = ["derivatives"]              # show these chapters and lessons and no others
# hide = ["gaussian-processes"]       # or leave some of them out
# order = ["derivatives"]             # chapters in another order; the rest follows

# A chapter that the book has is changed, one that it has not is added:
# [[chapters]]
# id = "week-1"
# title = "Week 1"
# lessons = ["beyond-scalar-calculus", "gradients"]
# before = "foundations"

# A lesson of your own, in lessons/<name>/lesson.md (nabla new lesson writes both):
# [[insert]]
# lesson = "our-laboratory"
# after = "jacobian"

# Notation of your own, without arguments:
# [macros]
# '\\E' = '\\mathbb{{E}}'
"""

__all__ = ["CHAPTER", "IDENTITY", "IDENTITY_FILE", "INSERT", "LESSON", "OVERLAY"]
