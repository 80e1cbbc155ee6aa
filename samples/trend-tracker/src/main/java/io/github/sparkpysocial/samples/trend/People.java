package io.github.sparkpysocial.samples.trend;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.github.sparkpysocial.ml.network.PeopleNetwork;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.viz.dashboard.FigurePanel;
import io.github.sparkpysocial.viz.dashboard.Ranking;
import io.github.sparkpysocial.viz.dashboard.Section;
import io.github.sparkpysocial.viz.dashboard.TextBlock;
import io.github.sparkpysocial.viz.network.NetworkEdge;
import io.github.sparkpysocial.viz.network.NetworkGraph;
import io.github.sparkpysocial.viz.network.NetworkNode;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Who turns to whom: replies, mentions, reposts, stars, commits. Counted in SQL alone, since a
 * dashboard is not worth the half minute that PageRank takes; {@code sparkpy network} has that.
 */
record People(SparkSession spark, Answers answers, long seed) {
  private static final int NODES = 150;
  private static final int LEADERS = 10;

  Section section() {
    Section section = Section.of("people", "Who turns to whom");
    PeopleNetwork network = network();
    Dataset<Row> ties =
        network
            .edges()
            .where(col("src").notEqual(col("dst")))
            .groupBy("src", "dst")
            .agg(sum("weight").as("times"))
            .cache();
    List<Row> nodes = nodes(network, ties);
    if (nodes.isEmpty()) {
      return section.wide(TextBlock.of("no-people", "", "Nobody here turns to anybody else."));
    }
    return section
        .withLead("The %d people and things with the most ties.".formatted(nodes.size()))
        .wide(FigurePanel.of("network", graph(nodes, ties)))
        .wide(Ranking.of("sought", "Whom most people turn to", "people", sought(network, ties)));
  }

  private static List<Ranking.Entry> sought(PeopleNetwork network, Dataset<Row> ties) {
    Dataset<Row> people =
        ties.groupBy(col("dst").as("key"))
            .agg(count(lit(1)).as("people"))
            .join(network.vertices(), "key");
    return people
        .where(col("kind").equalTo("account"))
        .orderBy(col("people").desc(), col("name"), col("key"))
        .limit(LEADERS)
        .select("name", "people", "network")
        .collectAsList()
        .stream()
        .map(
            row ->
                Ranking.Entry.of(row.getString(0), (double) row.getLong(1))
                    .withNetwork(row.getString(2)))
        .toList();
  }

  private PeopleNetwork network() {
    PeopleNetwork.Builder builder = PeopleNetwork.builder();
    if (answers.has(RecordKind.POST)) {
      builder.posts(spark.table("posts"));
    }
    if (answers.has(RecordKind.INTERACTION)) {
      builder.interactions(spark.table("interactions"));
    }
    return builder.build();
  }

  /** Returns {@code key, network, kind, name, people}, who turn to it, {@code ties}, both ways. */
  private static List<Row> nodes(PeopleNetwork network, Dataset<Row> ties) {
    Dataset<Row> most =
        ties.select(col("dst").as("key"), lit(1L).as("in"))
            .unionByName(ties.select(col("src").as("key"), lit(0L).as("in")))
            .groupBy("key")
            .agg(sum("in").as("people"), count(lit(1)).as("ties"))
            .orderBy(col("ties").desc(), col("key"))
            .limit(NODES);
    return network
        .vertices()
        .join(most, "key")
        .select("key", "network", "kind", "name", "people", "ties")
        .orderBy(col("ties").desc(), col("key"))
        .collectAsList();
  }

  private NetworkGraph graph(List<Row> nodes, Dataset<Row> ties) {
    NetworkGraph.Builder graph = NetworkGraph.builder("Who turns to whom");
    for (Row node : nodes) {
      graph.node(
          NetworkNode.of(node.getString(0), node.getString(2).toLowerCase(Locale.ROOT))
              .withLabel(node.getString(3))
              .withCommunity(node.getString(1))
              .withWeight((double) node.getLong(5))
              .withNote("%,d turn to it".formatted(node.getLong(4))));
    }
    Object[] shown = nodes.stream().map(node -> node.getString(0)).toArray();
    ties.where(col("src").isin(shown).and(col("dst").isin(shown)))
        .orderBy("src", "dst")
        .collectAsList()
        .forEach(
            tie ->
                graph.edge(
                    new NetworkEdge(
                        tie.getString(0), tie.getString(1), "turns to", (double) tie.getLong(2))));
    return graph.build().withSeed(seed);
  }
}
