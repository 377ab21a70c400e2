"""The desk's own pages: for everyone, for subscribers, for the editor. Starlette is known here and in `serve`."""
