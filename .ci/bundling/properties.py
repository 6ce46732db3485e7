"""Tells macOS what the bundle opens: `.nnplay` files and links; called with the path of its Info.plist."""

from __future__ import annotations

import plistlib
import sys
from pathlib import Path

KIND = "org.neural-playground.experiment"
PROPERTIES = {
    "CFBundleURLTypes": [{"CFBundleURLName": "Neural Playground", "CFBundleURLSchemes": ["nnplay"]}],
    "CFBundleDocumentTypes": [
        {
            "CFBundleTypeName": "Neural Playground experiment",
            "CFBundleTypeRole": "Editor",
            "LSHandlerRank": "Owner",
            "LSItemContentTypes": [KIND],
        }
    ],
    "UTExportedTypeDeclarations": [
        {
            "UTTypeIdentifier": KIND,
            "UTTypeDescription": "Neural Playground experiment",
            "UTTypeConformsTo": ["public.data"],
            "UTTypeTagSpecification": {"public.filename-extension": ["nnplay"]},
        }
    ],
    "NSHighResolutionCapable": True,
    "NSRequiresAquaSystemAppearance": False,
}


def tell(path: Path) -> None:
    """Add them to those that are there."""
    with path.open("rb") as file:
        known = plistlib.load(file)
    path.write_bytes(plistlib.dumps(known | PROPERTIES))


if __name__ == "__main__":
    tell(Path(sys.argv[1]))
