"""What a layer says when it cannot stand where it was put."""


class Misfit(Exception):
    """`field` names the setting to change where there is one."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field
