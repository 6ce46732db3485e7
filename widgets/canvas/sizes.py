"""The measures of cards, in pixels at a zoom of 100 %."""

TILE = 34.0
PITCH = 42.0
"""From one tile to the next below."""
PICTURE = TILE + PITCH
"""The side of a tile that shows a picture: with what parts it from the next, as high as two others."""
HEADER, FOOTER, BUTTONS, MORE = 44.0, 34.0, 28.0, 18.0
"""Heights: above the tiles, below them, of the buttons there, and of the line on how many are hidden."""
CARD_WIDTH, WIDEST_CARD = 72.0, 150.0
SLIM_WIDTH, SLIM_HEIGHT, SLIM_FOOTER = 30.0, 164.0, 29.0
"""The footer holds the gradient's bar and number, below a slim card's text."""
CHARACTER = 6.4
"""About the width of a letter of the small font, to size a card by its text."""
MARGIN = 20.0
FEWEST_ROWS, MOST_ROWS = 8, 64
"""A card shows at least so many neurons before it scrolls, and at most so many."""
