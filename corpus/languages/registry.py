"""The languages newsdex knows: an explicit, ordered list of built-in packs, each read when first asked for."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from corpus import kept
from corpus.errors import ConfigurationError
from corpus.languages.pack import LanguagePack
from corpus.languages.plain import as_plain, from_plain

BUILT_IN = ("be", "ru", "uk", "en", "de", "es", "pl", "zh", "fr", "it", "pt", "nl", "ja", "ar")
_HERE = Path(__file__).parent
_MAKERS = tuple(_HERE / f"{name}.py" for name in ("load", "pack", "plain"))
_added: dict[str, LanguagePack] = {}
_revision = 0
_used: tuple[tuple[tuple[str, int, int], ...], tuple[str, ...]] = ((), ())


@lru_cache(maxsize=10_000)
def base_code(code: str) -> str:
    """The language of a tag: "de" of "de-AT", "DE_de" or "de"."""
    return code.strip().replace("_", "-").partition("-")[0].casefold()


@cache
def _built_in(code: str) -> LanguagePack:
    path = _HERE / f"{code}.yaml"
    return from_plain(kept.value(path, lambda: as_plain(_parsed(path)), code=_MAKERS))


def _parsed(path: str | Path) -> LanguagePack:
    from corpus.languages.load import load_pack  # not for those who take over what is kept of the packs

    return load_pack(path)


def codes() -> tuple[str, ...]:
    """Codes of all packs, built-in first, without reading any."""
    return (*BUILT_IN, *(code for code in _added if code not in BUILT_IN))


def has_pack(code: str) -> bool:
    """Whether a language (or tag of one) has a pack."""
    base = base_code(code)
    return base in _added or base in BUILT_IN


def pack(code: str) -> LanguagePack:
    """The pack of a language. Raises `ConfigurationError` for a language without one."""
    base = base_code(code)
    if base in _added:
        return _added[base]
    if base in BUILT_IN:
        return _built_in(base)
    raise ConfigurationError(
        f"no language pack for {code!r}; known: {', '.join(codes())}. Add one as docs/howto/add-a-language.md shows"
    )


def packs() -> tuple[LanguagePack, ...]:
    """All packs in the fixed order: built-in, then added."""
    return tuple(pack(code) for code in codes())


@lru_cache(maxsize=64)
def _neutral(code: str) -> LanguagePack:
    return LanguagePack(iso=code, name=code)


def pack_or_fallback(code: str | None) -> LanguagePack:
    """The pack of a language, or for an unknown one a neutral pack: no stemmer, no stop words, no names."""
    base = base_code(code or "")
    return pack(base) if has_pack(base) else _neutral(base or "und")


def add_pack(path: str | Path, *, replace: bool = False) -> LanguagePack:
    """Read a user's pack and use it in this process.

    Raises `ConfigurationError` for a bad pack, and for a language that already has one unless `replace` is true.
    """
    found = _parsed(path)
    if has_pack(found.iso) and not replace:
        raise ConfigurationError(f"{path}: the language {found.iso!r} already has a pack; give it another iso")
    _added[found.iso] = found
    _changed()
    return found


def add_packs(directory: str | Path, *, replace: bool = True) -> tuple[LanguagePack, ...]:
    """Read every `*.yaml` of a directory, in the order of their names; a user's pack replaces a built-in one."""
    return tuple(add_pack(path, replace=replace) for path in sorted(Path(directory).glob("*.yaml")))


def use_directory(directory: str | Path | None) -> None:
    """Use the packs of a directory in this process, and no longer those of the one used before; cheap when unchanged.

    Raises `ConfigurationError` for a bad pack.
    """
    global _used
    found = [(path, path.stat()) for path in sorted(Path(directory).glob("*.yaml"))] if directory else []
    seal = tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in found)
    if seal == _used[0]:
        return
    for code in _used[1]:
        remove_pack(code)
    _used = ((), ())
    _used = (seal, tuple(one.iso for one in add_packs(directory)) if directory else ())


def remove_pack(code: str) -> None:
    """Forget an added pack; a built-in one of that language is used again."""
    if _added.pop(base_code(code), None):
        _changed()


def _changed() -> None:
    global _revision
    _revision += 1


def revision() -> int:
    """A number that is another one after packs were added or removed: part of the key of what is kept of packs."""
    return _revision
