import pytest
from canvas_examples import bias, edge, neuron, on_card, skip_wire
from PySide6.QtCore import QPointF, QSizeF

from playground.engine import edits
from playground.engine.activations import LeakyRelu, Linear, PRelu, Sigmoid
from playground.engine.graph import Architecture, resolve
from playground.engine.layers import (
    ActivationLayer,
    BatchNorm,
    Dense,
    Dropout,
    GaussianNoise,
    Maxout,
    Reshape,
    TiedDense,
)
from widgets.canvas.camera import Camera
from widgets.canvas.hit import target_at
from widgets.canvas.info import describe
from widgets.canvas.layout import PITCH, Sketch, arrange, places, subtitle
from widgets.canvas.parts import NOTHING, Role, Target
from widgets.canvas.wires import LABEL


def sketch(*units, layers=None, width=800, height=500, **more):
    if layers is None:
        layers = [Dense(id=f"d{number}", units=count) for number, count in enumerate(units)]
    architecture = layers if isinstance(layers, Architecture) else Architecture(layers=tuple(layers))
    return Sketch(architecture, resolve(architecture, (2,)), ("x₁", "x₂"), QSizeF(width, height), **more)


@pytest.fixture
def scene():
    return arrange(sketch(4, 3, 1))


# --- layout ---


def test_cards_stand_in_the_order_of_the_network_without_touching(scene):
    assert [card.id for card in scene.cards] == ["input", "d0", "d1", "d2"]
    for left, right in zip(scene.cards, scene.cards[1:], strict=False):
        assert left.rect.right() + 40 < right.rect.left()


def test_all_tiles_are_centred_on_one_axis(scene):
    for card in scene.cards:
        assert card.tiles[0].rect.top() + card.tiles[-1].rect.bottom() == pytest.approx(0)


def test_everything_of_a_card_lies_inside_it(scene):
    for card in scene.cards[1:]:
        parts = [
            card.area(Role.ACTIVATION),
            card.area(Role.BAR),
            card.area(Role.MINUS),
            card.area(Role.PLUS),
            *(tile.rect for tile in card.tiles),
        ]
        assert all(card.rect.contains(part) for part in parts)


def test_a_wide_view_spreads_the_cards_and_a_narrow_one_keeps_a_gap():
    narrow, wide = places(sketch(4, 1, width=200)), places(sketch(4, 1, width=900))
    assert narrow[1] < wide[1]
    assert arrange(sketch(4, 1, width=200)).gap(0).width() >= 16


def test_a_layer_shows_what_fits_and_says_how_many_are_hidden():
    card = arrange(sketch(30, 1, first_units={"d0": 5})).cards[1]
    assert card.units == 30
    assert card.first_unit == 5
    assert len(card.tiles) + card.hidden == 30
    assert card.area(Role.MORE) is not None


def test_a_higher_view_shows_more_neurons():
    low, high = (len(arrange(sketch(40, 1, height=height)).cards[1].tiles) for height in (300, 1000))
    assert low == 8
    assert high > 16


def test_scrolling_ends_with_the_last_neuron():
    card = arrange(sketch(30, 1, first_units={"d0": 99})).cards[1]
    assert card.tiles[-1].unit == 29


def test_layers_without_neurons_are_slim():
    scene = arrange(sketch(layers=[Dense(id="a"), Dropout(id="b"), Dense(id="c")]))
    assert [card.slim for card in scene.cards] == [False, False, True, False]
    assert scene.cards[2].tiles == ()


def test_a_slim_card_has_the_bar_of_the_gradient_if_its_layer_learns():
    layers = [Dense(id="a"), BatchNorm(id="b"), Dropout(id="c"), Dense(id="d")]
    scene = arrange(sketch(layers=layers))
    learning, dropping = scene.cards[2:4]
    assert learning.rect.contains(learning.area(Role.BAR).adjusted(0, 0, 0, 16))
    assert learning.rect.height() > dropping.rect.height()
    assert dropping.area(Role.BAR) is None


def test_the_bar_is_clear_of_a_slim_cards_text():
    layers = [Dense(id="a"), ActivationLayer(id="b", activation=PRelu()), Dense(id="c")]
    card = arrange(sketch(layers=layers)).cards[2]
    assert card.area(Role.ACTIVATION).bottom() <= card.area(Role.BAR).top()


def test_cards_are_named_in_few_words():
    layers = (Dense(id="a", units=8, activation=LeakyRelu()), Dense(id="b", name="Code"))
    known = Architecture(layers=layers)
    assert subtitle(layers[0], known) == "8 · Leaky ReLU"
    assert subtitle(Dropout(probability=0.25), known) == "0.25"
    assert subtitle(ActivationLayer(), known) == "ReLU"
    assert subtitle(Maxout(units=4, pieces=3), known) == "4 · max of 3"
    assert subtitle(GaussianNoise(sigma=0.1), known) == "0.1"
    assert subtitle(Reshape(shape=(4, 3)), known) == "4×3"
    assert subtitle(TiedDense(of="a", activation=Sigmoid()), known) == "Dense 1ᵗ · Sigmoid"
    assert subtitle(TiedDense(of="b"), known) == "Codeᵗ · Tanh"
    assert subtitle(TiedDense(of="gone"), known) == "? · Tanh"


def test_a_problem_gives_a_badge_and_a_fittable_output_a_link():
    scene = arrange(sketch(4, 2, problems={"d1": "No."}, fittable=True))
    assert scene.cards[2].problem == "No."
    assert scene.bounds.contains(scene.cards[2].area(Role.FIT))


def test_offsets_move_a_card_and_its_edges():
    scene = arrange(sketch(4, 1, offsets={"d0": QPointF(30, 7)}))
    rest = arrange(sketch(4, 1))
    assert scene.cards[1].rect == rest.cards[1].rect.translated(30, 7)
    assert scene.bundles[0].points[0, -1].tolist() == (rest.bundles[0].points[0, -1] + [30, 7]).tolist()


def test_gaps_are_found_by_where_the_pointer_is(scene):
    assert [scene.gap_at(scene.gap(position).center().x()) for position in range(3)] == [0, 1, 2]
    assert scene.gap_at(-100) is None
    assert scene.gap_at(scene.cards[-1].rect.right()) is None


# --- edges ---


def test_there_is_an_edge_for_each_weight(scene):
    assert [len(bundle.points) for bundle in scene.bundles] == [2 * 4, 4 * 3, 3 * 1]
    assert {
        (int(u), int(i)) for u, i in zip(scene.bundles[1].units, scene.bundles[1].inputs, strict=True)
    } == {(unit, source) for unit in range(3) for source in range(4)}


def test_edges_begin_and_end_at_tiles(scene):
    points = scene.bundles[0].points
    assert points[0, 0].tolist() == [
        scene.cards[0].tiles[0].rect.right(),
        scene.cards[0].tiles[0].rect.center().y(),
    ]
    assert points[-1, -1].tolist() == [
        scene.cards[1].tiles[-1].rect.left(),
        scene.cards[1].tiles[-1].rect.center().y(),
    ]


def test_edges_lead_through_slim_layers():
    scene = arrange(sketch(layers=[Dense(id="a", units=3), Dropout(id="b"), Dense(id="c", units=2)]))
    assert scene.bundles[1].source_id == "a"
    assert scene.bundles[1].points[0, 0, 0] == scene.cards[1].tiles[0].rect.right()


def test_many_weights_are_one_band():
    scene = arrange(sketch(64, 64, 1))
    assert scene.bundles[1].count == 4096
    assert scene.bundles[1].outline is not None
    assert len(scene.bundles[1].points) == 0


def test_what_is_written_on_a_band_is_not_hidden_by_a_slim_card():
    layers = [Dense(id="a", units=64), Dropout(id="b"), Dense(id="c", units=64)]
    scene = arrange(sketch(layers=layers, width=300))
    assert scene.bundles[1].label.x() - LABEL / 2 >= scene.card("b").rect.right()


def test_only_edges_between_visible_neurons_are_drawn():
    bundle = arrange(sketch(20, 1, first_units={"d0": 4})).bundles[1]
    assert bundle.inputs.min() == 4
    assert len(bundle.points) < 20


def test_skip_connections_lead_over_the_cards():
    architecture = edits.connect(sketch(4, 4, 1).architecture, "d0", "d2", (2,))
    scene = arrange(sketch(layers=architecture))
    (skip,) = scene.skips
    assert (skip.source_id, skip.target_id) == ("d0", "add1")
    assert skip.path.boundingRect().top() < min(card.rect.top() for card in scene.cards)
    assert scene.bounds.contains(skip.path.boundingRect())
    assert [link.source_id for link in scene.links] == ["d1"]


# --- what is under the pointer ---


def test_every_part_of_a_card_is_found(scene):
    card = scene.card("d0")
    tile = card.tiles[2]
    expected = {
        neuron("d0", 2): tile.rect.center(),
        bias("d0", 2): card.area(Role.BIAS, 2).center(),
        Target(Role.PLUS, "d0"): card.area(Role.PLUS).center(),
        Target(Role.MINUS, "d0"): card.area(Role.MINUS).center(),
        Target(Role.ACTIVATION, "d0"): card.area(Role.ACTIVATION).center(),
        Target(Role.LOWER_EDGE, "d0"): card.area(Role.LOWER_EDGE).center(),
        Target(Role.PORT, "d0"): card.port,
        Target(Role.NAME, "d0"): QPointF(card.rect.center().x(), card.rect.top() + 16),
        Target(Role.BAR, "d0"): card.area(Role.BAR).center(),
        on_card("d0"): QPointF(card.rect.left() + 2, card.rect.bottom() - 12),
        neuron("input", 1): scene.card("input").tiles[1].rect.center(),
    }
    assert {target: target_at(scene, point) for target, point in expected.items()} == {
        target: target for target in expected
    }


def test_badge_and_link_are_found():
    scene = arrange(sketch(4, 2, problems={"d1": "No."}, fittable=True))
    card = scene.cards[2]
    assert target_at(scene, card.area(Role.BADGE).center()) == Target(Role.BADGE, "d1")
    assert target_at(scene, card.area(Role.FIT).center()) == Target(Role.FIT, "d1")


def test_the_nearest_edge_is_found_and_far_away_there_is_nothing(scene):
    bundle = scene.bundles[1]
    point = QPointF(*bundle.points[5, 9])
    found = target_at(scene, point)
    assert found.role is Role.EDGE
    assert bundle.nearest(point)[1] == pytest.approx(0)
    assert target_at(scene, QPointF(*bundle.points[0, 9]) - QPointF(0, 60)) == NOTHING


def test_edges_are_caught_from_as_many_pixels_at_any_zoom():
    scene = arrange(sketch(1, 1))
    middle = QPointF(*scene.bundles[1].points[0, 9])
    assert target_at(scene, middle + QPointF(0, 7), zoom=0.5) == edge("d1", 0, 0)
    assert target_at(scene, middle + QPointF(0, 7), zoom=1) == NOTHING


def test_a_skip_connection_is_found():
    scene = arrange(sketch(layers=edits.connect(sketch(4, 4, 1).architecture, "d0", "d2", (2,))))
    path = scene.skips[0].path
    top = QPointF(path.boundingRect().center().x(), path.boundingRect().top())
    assert target_at(scene, top) == skip_wire("d0", "add1")


# --- camera ---


def test_a_camera_goes_there_and_back():
    camera = Camera(2.0, QPointF(10, 20))
    assert camera.to_screen(QPointF(3, 4)) == QPointF(16, 28)
    assert camera.to_world(QPointF(16, 28)) == QPointF(3, 4)


def test_fitting_shows_everything(scene):
    view = QSizeF(400, 300)
    shown = Camera.fitting(scene.bounds, view).rect_to_screen(scene.bounds)
    assert shown.width() <= 400
    assert shown.height() <= 300
    assert shown.center().x() == pytest.approx(200, abs=1)


def test_rows_have_one_pitch(scene):
    tiles = scene.card("d0").tiles
    assert tiles[1].rect.top() - tiles[0].rect.top() == PITCH


# --- signs ---


def test_a_frozen_layer_has_a_snowflake_that_can_be_pointed_at():
    scene = arrange(sketch(layers=[Dense(id="a", frozen=True), Dense(id="b")]))
    frozen, free = scene.cards[1:]
    assert target_at(scene, frozen.area(Role.SNOWFLAKE).center()) == Target(Role.SNOWFLAKE, "a")
    assert not free.frozen
    assert free.area(Role.SNOWFLAKE) is None


def test_a_remark_has_a_badge_that_tells_it():
    layers = [Dense(id="a", activation=Linear()), BatchNorm(id="norm"), Dense(id="b")]
    scene = arrange(sketch(layers=layers, remarks={"norm": "Good to know."}))
    target = target_at(scene, scene.card("norm").area(Role.BADGE).center())
    assert target == Target(Role.BADGE, "norm")
    assert describe(target, scene, None).lines == ("Good to know.",)
    assert describe(on_card("norm"), scene, None) is None


# --- tied layers ---


def test_a_tied_layer_has_a_card_with_edges_and_no_buttons():
    scene = arrange(sketch(layers=[Dense(id="a", units=5), TiedDense(id="b", of="a"), Dense(id="c")]))
    card = scene.card("b")
    assert len(card.tiles) == 2
    assert (card.area(Role.MINUS), card.area(Role.PLUS)) == (None, None)
    bundle = next(bundle for bundle in scene.bundles if bundle.layer_id == "b")
    assert bundle.count == 10
    assert all(card.rect.contains(tile.rect) for tile in card.tiles)
