"""The order of the stages, top to bottom; the only place that knows two of them.

    collect -> decode -> parse -> entry -> article -> verdict -> story + figures
        -> development -> issue -> render -> publish -> deliver

`collecting` asks what is due and stores entries. `making` decides, and has no lasting effect, so that a preview, a
briefing on demand and a scheduled issue are one call. `publishing` keeps an issue and writes its folder.
`delivering` sends what is owed.
"""
