"""Why a file is not taken, as a code; the sentence for people stands in liaison.files.refusals."""


class RefusedError(Exception):
    """The file is not taken for the reason ``code``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
