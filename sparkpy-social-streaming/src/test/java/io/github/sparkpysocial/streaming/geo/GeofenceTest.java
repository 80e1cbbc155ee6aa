package io.github.sparkpysocial.streaming.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.GeoBox;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GeofenceTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final GeoPoint LISBON = new GeoPoint(38.7223, -9.1393);
  private static final GeoPoint PORTO = new GeoPoint(41.1579, -8.6291);

  @Test
  void aCircleHasWhatIsNear() {
    // Lisbon and Porto are 274 km apart.
    assertThat(Geofence.circle(LISBON, 270_000).contains(PORTO)).isFalse();
    assertThat(Geofence.circle(LISBON, 278_000).contains(PORTO)).isTrue();
    assertThat(Geofence.circle(LISBON, 1).contains(LISBON)).isTrue();
  }

  @Test
  void aCircleCrossesTheAntimeridianAndAPole() {
    Geofence fiji = Geofence.circle(new GeoPoint(-17, 179.5), 200_000);

    assertThat(fiji.contains(new GeoPoint(-17, -179.5))).isTrue();
    assertThat(fiji.contains(new GeoPoint(-17, -177))).isFalse();
    assertThat(Geofence.circle(new GeoPoint(89, 0), 300_000).contains(new GeoPoint(89, 180)))
        .isTrue();
  }

  @Test
  void aPolygonHasWhatIsInsideItsCorners() {
    Geofence triangle =
        Geofence.polygon(List.of(new GeoPoint(0, 0), new GeoPoint(10, 0), new GeoPoint(0, 10)));

    assertThat(triangle.contains(new GeoPoint(3, 3))).isTrue();
    assertThat(triangle.contains(new GeoPoint(6, 6))).isFalse();
    assertThat(triangle.contains(new GeoPoint(-1, 1))).isFalse();
  }

  @Test
  void aPolygonWithADentLeavesTheDentOut() {
    Geofence dented =
        Geofence.polygon(
            List.of(
                new GeoPoint(0, 0),
                new GeoPoint(10, 0),
                new GeoPoint(5, 5),
                new GeoPoint(10, 10),
                new GeoPoint(0, 10)));

    assertThat(dented.contains(new GeoPoint(8, 5))).isFalse();
    assertThat(dented.contains(new GeoPoint(3, 5))).isTrue();
    assertThat(dented.contains(new GeoPoint(8, 1))).isTrue();
  }

  @Test
  void aPolygonCrossesTheAntimeridianTheShorterWay() {
    Geofence pacific =
        Geofence.polygon(
            List.of(
                new GeoPoint(-20, 175),
                new GeoPoint(-10, 175),
                new GeoPoint(-10, -175),
                new GeoPoint(-20, -175)));

    assertThat(pacific.contains(new GeoPoint(-15, 179))).isTrue();
    assertThat(pacific.contains(new GeoPoint(-15, -179))).isTrue();
    assertThat(pacific.contains(new GeoPoint(-15, 180))).isTrue();
    assertThat(pacific.contains(new GeoPoint(-15, -180))).isTrue();
    assertThat(pacific.contains(new GeoPoint(-15, 0))).isFalse();
    assertThat(pacific.contains(new GeoPoint(-15, -170))).isFalse();
  }

  @Test
  void postsAreKeptByPointCountryOrPlace() {
    GeoBox box = new GeoBox(new GeoPoint(38, -10), new GeoPoint(39, -9));
    Dataset<Row> posts =
        Frames.of(
            SPARK.session(),
            List.of(
                post("point", Place.at(LISBON)),
                post("box", Place.within(box, "p1", "Lisboa", "PT")),
                post("name", Place.named("Lisboa")),
                post("nowhere", null),
                post("porto", Place.at(PORTO))),
            RecordKind.POST);

    assertThat(ids(posts, Geofence.circle(LISBON, 60_000).contains()))
        .containsExactlyInAnyOrder("point", "box");
    assertThat(ids(posts, Geofence.inCountry("pt"))).containsExactly("box");
    assertThat(ids(posts, Geofence.inPlace("lisboa"))).containsExactlyInAnyOrder("box", "name");
    assertThat(ids(posts, Geofence.inPlace("p1"))).containsExactly("box");
  }

  @Test
  void whatIsNoFenceIsRefused() {
    assertThatThrownBy(() -> Geofence.circle(LISBON, 0))
        .hasMessage("A radius is positive and at most 20,000,000 metres, was 0.0");
    assertThatThrownBy(() -> Geofence.polygon(List.of(LISBON, PORTO)))
        .hasMessage("A polygon has at least 3 corners, was 2");
    assertThatThrownBy(
            () ->
                Geofence.polygon(
                    List.of(new GeoPoint(80, 0), new GeoPoint(80, 120), new GeoPoint(80, -120))))
        .hasMessage("The edges of the polygon go round a pole; take a circle, or several polygons");
  }

  private static List<String> ids(Dataset<Row> posts, Column condition) {
    return posts.where(condition).collectAsList().stream()
        .map(row -> row.<String>getAs("id"))
        .toList();
  }

  private static Post post(String id, @org.jspecify.annotations.Nullable Place place) {
    return Post.builder(Network.X, id, "Somewhere").place(place).build();
  }
}
