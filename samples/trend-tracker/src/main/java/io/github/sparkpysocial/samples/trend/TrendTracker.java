package io.github.sparkpysocial.samples.trend;

import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.viz.dashboard.Completeness;
import io.github.sparkpysocial.viz.dashboard.Dashboard;
import io.github.sparkpysocial.viz.dashboard.Tile;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * Finds out what a community talks about, who leads it, where it is and when it meets: records
 * become views, views answer SQL, texts become clusters, answers become figures on one page. Only
 * answers of bounded size come to this process; the records stay with Spark.
 *
 * <pre>{@code
 * Trends trends = new TrendTracker(spark, Instant.now()).track(PlaceUri.parse("posts.jsonl"));
 * trends.dashboard().write(Path.of("report"));
 * }</pre>
 *
 * <p>Used by one thread at a time.
 */
public final class TrendTracker {
  private final SparkSession spark;
  private final Instant now;
  private int k = 5;
  private long seed = 42;
  private String title = "Community trends";
  private List<Completeness.Source> sources = List.of();
  private Consumer<String> listener = step -> {};

  /**
   * Makes a tracker.
   *
   * @param now the instant that tells what is past from what is to come
   */
  public TrendTracker(SparkSession spark, Instant now) {
    this.spark = spark;
    this.now = now;
  }

  /** Sets into how many clusters the posts are divided, if they are enough. Default: 5. */
  public TrendTracker clusters(int k) {
    this.k = k;
    return this;
  }

  /** Sets what all chance comes from. Default: 42. */
  public TrendTracker seed(long seed) {
    this.seed = seed;
    return this;
  }

  /** Sets the heading of the page. */
  public TrendTracker title(String title) {
    this.title = title;
    return this;
  }

  /** Sets where the records came from and how complete they are, for the page to show. */
  public TrendTracker sources(List<Completeness.Source> sources) {
    this.sources = List.copyOf(sources);
    return this;
  }

  /** Sets who hears of each step before it begins. */
  public TrendTracker listener(Consumer<String> listener) {
    this.listener = listener;
    return this;
  }

  /** Reads the records at a place, all kinds that there are, and finds out what they tell. */
  public Trends track(PlaceUri place) {
    listener.accept("reading the records");
    List<String> views = Frames.createViews(spark, place);
    for (String view : views) {
      if (!view.equals("records")) {
        spark.catalog().cacheTable(view); // each is asked more than once
      }
    }
    Answers answers = new Answers(spark);

    listener.accept("finding out what is said");
    Subjects subjects = new Subjects(answers, k, seed);

    listener.accept("finding out who, where and when");
    Coverage coverage = new Coverage(answers, sources);
    Dashboard.Builder page =
        Dashboard.builder(title)
            .subtitle("What a community talks about, who leads it, where it is and when it meets")
            .note("Learnt and drawn by sparkpy-social; clusters from seed " + seed + ".");
    page.tiles(coverage.tiles().toArray(Tile[]::new));
    page.section(new Leaders(answers).section());
    page.section(subjects.section());
    if (answers.has(RecordKind.POST) || answers.has(RecordKind.INTERACTION)) {
      listener.accept("finding out who turns to whom");
      page.section(new People(spark, answers, seed).section());
    }
    page.section(new Whereabouts(answers).section());
    page.section(new Courses(answers, now).section());
    if (answers.has(RecordKind.EVENT)) {
      page.section(new Upcoming(answers, now).section());
    }
    page.section(coverage.section());
    return new Trends(
        page.build(),
        answers.counts(),
        subjects.report(),
        subjects.cloud(title),
        subjects.assignments());
  }
}
