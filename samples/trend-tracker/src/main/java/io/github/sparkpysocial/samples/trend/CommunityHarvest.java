package io.github.sparkpysocial.samples.trend;

import io.github.sparkpysocial.SocialException;
import io.github.sparkpysocial.client.NestedListing;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.harvest.Harvest;
import io.github.sparkpysocial.harvest.HarvestProgress;
import io.github.sparkpysocial.harvest.HarvestReport;
import io.github.sparkpysocial.harvest.NestedHarvest;
import io.github.sparkpysocial.harvest.NestedListener;
import io.github.sparkpysocial.harvest.NestedReport;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.viz.dashboard.Completeness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Harvests what a community does on the networks into one file of JSON Lines. Killed anywhere and
 * run again, it goes on: the ledger beside the file knows what is complete.
 */
public final class CommunityHarvest {
  private static final Map<String, String> NETWORKS =
      Map.of("x", "X", "mastodon", "Mastodon", "bluesky", "Bluesky");
  private static final Map<String, String> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("stargazers", "GitHub: stars");
    KINDS.put("contributors", "GitHub: contributors");
    KINDS.put("commits", "GitHub: commits");
  }

  private static final Comparator<SocialRecord> MOST_STARRED =
      Comparator.comparingLong(
              (SocialRecord record) ->
                  record instanceof Repository repository && repository.stars() != null
                      ? -repository.stars()
                      : 0)
          .thenComparing(SocialRecord::key);

  private final Community community;
  private final SourceOptions options;
  private final Quarantine quarantine;
  private final Consumer<String> listener;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private @Nullable SocialException failure;

  /**
   * What to ask for.
   *
   * @param posts listings of posts on any network, such as {@code bluesky:search?q=spark}
   * @param organization whose repositories on GitHub, or empty to leave GitHub out
   * @param repositories of how many of them, the most starred, to read stars and commits
   * @param groups the names of groups in the addresses of Meetup
   * @param limit how many items to take of each listing
   */
  public record Community(
      List<PlaceUri> posts,
      String organization,
      int repositories,
      List<String> groups,
      long limit) {
    public Community {
      posts = List.copyOf(posts);
      groups = List.copyOf(groups);
    }
  }

  /**
   * Makes a harvest.
   *
   * @param options where keys and clock come from
   * @param quarantine where items go that cannot be read
   * @param listener hears of each listing before it is harvested, and of its pages
   */
  public CommunityHarvest(
      Community community,
      SourceOptions options,
      Quarantine quarantine,
      Consumer<String> listener) {
    this.community = community;
    this.options = options;
    this.quarantine = quarantine;
    this.listener = listener;
  }

  /**
   * Harvests everything into a file. A network that refuses does not stop the others.
   *
   * @return what each kind of listing gave, and whether it is complete
   * @throws SocialException if no listing gave anything, the last reason why
   */
  public List<Completeness.Source> into(Path file) throws InterruptedException {
    Path ledger = file.resolveSibling("ledger.json");
    PlaceUri place = PlaceUri.parse(file.toString());
    try (RecordStore store = Places.openStore(place, StoreOptions.with(quarantine))) {
      for (PlaceUri posts : community.posts()) {
        String network = NETWORKS.getOrDefault(posts.scheme(), posts.scheme());
        harvest(network + ": posts", posts, store, ledger);
      }
      if (!community.organization().isEmpty()) {
        repositories(store, ledger);
      }
      for (String group : community.groups()) {
        harvest("Meetup: groups", PlaceUri.parse("meetup:" + group), store, ledger);
        harvest("Meetup: events", PlaceUri.parse("meetup:" + group + "/events"), store, ledger);
        harvest("Meetup: members", PlaceUri.parse("meetup:" + group + "/members"), store, ledger);
        harvest("Meetup: answers", PlaceUri.parse("meetup:" + group + "/rsvps"), store, ledger);
      }
    }
    if (failure != null && tallies.values().stream().allMatch(tally -> tally.fetched == 0)) {
      throw failure;
    }
    return tallies.values().stream().map(Tally::source).toList();
  }

  private void harvest(String listing, PlaceUri uri, RecordStore store, Path ledger)
      throws InterruptedException {
    listener.accept("harvesting " + uri);
    Tally tally = tallies.computeIfAbsent(listing, Tally::new);
    try (RecordSource source = Places.openSource(uri, options)) {
      HarvestReport report =
          Harvest.builder(source, store)
              .ledger(ledger)
              .quarantine(quarantine)
              .limit(community.limit())
              .clock(options.clock())
              .listener(p -> listener.accept("harvesting " + uri + ": " + p.fetched() + " fetched"))
              .build()
              .run();
      tally.add(uri.toString(), report);
    } catch (SocialException e) {
      tally.refused(uri.toString(), String.valueOf(e.getMessage()));
      failure = e;
    }
  }

  /**
   * Harvests the repositories of the organisation, and what belongs to the most starred of them.
   */
  private void repositories(RecordStore store, Path ledger) throws InterruptedException {
    PlaceUri outer = PlaceUri.parse("github:" + community.organization() + "/repos");
    NestedListing listing =
        new NestedListing(
            PlaceUri.parse("github:" + community.organization() + "/*/stars+people+commits"),
            outer,
            record ->
                record instanceof Repository repository
                    ? KINDS.keySet().stream()
                        .map(kind -> PlaceUri.parse("github:" + repository.fullName() + '/' + kind))
                        .toList()
                    : List.of());
    NestedReport report =
        NestedHarvest.builder(listing, store, uri -> Places.openSource(uri, options))
            .first(community.repositories(), MOST_STARRED)
            .limitOfEach(community.limit())
            .ledger(ledger)
            .quarantine(quarantine)
            .clock(options.clock())
            .listener(
                new NestedListener() {
                  @Override
                  public void progress(PlaceUri uri, HarvestProgress progress) {
                    listener.accept("harvesting " + uri + ": " + progress.fetched() + " fetched");
                  }

                  @Override
                  public void done(
                      PlaceUri uri, @Nullable HarvestReport done, @Nullable String refusal) {
                    String location = uri.location();
                    String kind = location.substring(location.lastIndexOf('/') + 1);
                    Tally tally =
                        tallies.computeIfAbsent(String.valueOf(KINDS.get(kind)), Tally::new);
                    if (done == null) {
                      tally.refused(uri.toString(), String.valueOf(refusal));
                    } else {
                      tally.add(uri.toString(), done);
                    }
                  }
                })
            .build()
            .run();
    tallies
        .computeIfAbsent("GitHub: repositories", Tally::new)
        .add(outer.toString(), report.outer());
  }

  /** The sum of several listings of one kind. */
  private static final class Tally {
    private final String listing;
    private final List<String> uris = new ArrayList<>();
    private long fetched;
    private long added;
    private long duplicates;
    private long quarantined;
    private long requests;
    private Duration waited = Duration.ZERO;
    private int intervals;
    private boolean complete = true;
    private @Nullable String refusal;

    Tally(String listing) {
      this.listing = listing;
    }

    void add(String uri, HarvestReport report) {
      uris.add(uri);
      fetched += report.fetched();
      added += report.inserted();
      duplicates += report.duplicates();
      quarantined += report.quarantined();
      requests += report.requests();
      waited = waited.plus(report.waited());
      intervals = Math.max(intervals, report.intervals().size());
      complete &= report.complete();
    }

    void refused(String uri, String reason) {
      uris.add(uri);
      refusal = reason;
      complete = false;
    }

    Completeness.Source source() {
      return Completeness.Source.builder(listing)
          .place(
              uris.size() == 1 ? uris.get(0) : uris.get(0) + " and " + (uris.size() - 1) + " more")
          .fetched(fetched)
          .added(added)
          .duplicates(duplicates)
          .quarantined(quarantined)
          .requests(requests)
          .waited(waited)
          .intervals(intervals)
          .complete(complete)
          .note(complete || refusal != null ? refusal : "stopped at the limit; run again to go on")
          .build();
    }
  }
}
