"""Workbooks of Excel written by hand: a zip of a few lines of XML."""

import zipfile
from html import escape

TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
</Types>"""
DOCUMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGES = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FORMATS = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
STYLES = f'<styleSheet xmlns="{MAIN}">{FORMATS}</styleSheet>'


def cell(value, name):
    """A cell's XML: text, number, truth, nothing, or XML of one's own in a tuple of type and content."""
    match value:
        case None:
            return ""
        case tuple():
            kind, content = value
            return f'<c r="{name}" {kind}>{content}</c>'
        case bool():
            return f'<c r="{name}" t="b"><v>{int(value)}</v></c>'
        case int() | float():
            return f'<c r="{name}"><v>{value!r}</v></c>'
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def sheet(rows, first=1):
    lines = ""
    for row, values in enumerate(rows, first):
        cells = "".join(cell(value, f"{chr(65 + place)}{row}") for place, value in enumerate(values))
        lines += f'<row r="{row}">{cells}</row>'
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def write(path, first_row=1, **sheets):
    """A workbook with these sheets, each a list of rows of cells."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in zip(numbers, sheets, strict=True)
    )
    related = "".join(
        f'<Relationship Id="r{n}" Type="{DOCUMENTS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    style = f'<Relationship Id="s" Type="{DOCUMENTS}/styles" Target="styles.xml"/>'
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGES}"><Relationship Id="a" Type="{DOCUMENTS}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
        )
        file.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENTS}"><sheets>{listed}</sheets></workbook>',
        )
        file.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGES}">{related}{style}</Relationships>',
        )
        file.writestr("xl/styles.xml", STYLES)
        for n, rows in zip(numbers, sheets.values(), strict=True):
            file.writestr(f"xl/worksheets/sheet{n}.xml", sheet(rows, first_row))
    return path
