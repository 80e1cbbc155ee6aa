package io.github.sparkpysocial.connectors.mastodon;

import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.SourceProfile;
import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.NetworkSource;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search finds: {@code GET /api/v2/search}, in the order that the instance chooses. Only who
 * has a token may go beyond the first page (<a
 * href="https://docs.joinmastodon.org/methods/search/#v2">search</a>).
 */
final class SearchSource extends NetworkSource {
  private static final int PAGE = 40;

  /** What is searched for. */
  enum Type {
    STATUSES("statuses", RecordKind.POST),
    ACCOUNTS("accounts", RecordKind.ACCOUNT);

    private final String name;
    private final RecordKind kind;

    Type(String name, RecordKind kind) {
      this.name = name;
      this.kind = kind;
    }
  }

  private final MastodonApi api;
  private final String query;
  private final Type type;

  SearchSource(PlaceUri uri, SourceOptions options, MastodonApi api, String query, Type type) {
    super(uri, Network.MASTODON, options.clock(), api.http());
    this.api = api;
    this.query = query;
    this.type = type;
  }

  @Override
  public Order order() {
    return Order.UNORDERED;
  }

  @Override
  public RecordKind kind() {
    return type.kind;
  }

  @Override
  public SourceProfile profile() {
    List<String> notes = new ArrayList<>();
    if (type == Type.STATUSES) {
      notes.add("An instance finds posts of those only who allow it, if it has a search at all.");
    }
    if (!api.isLoggedIn()) {
      notes.add(MastodonApi.TOKEN + " is not set: Mastodon shows the first 40 results only.");
    }
    return new SourceProfile(
        PAGE,
        1,
        new Quota(300, Duration.ofMinutes(5)),
        null,
        !api.isLoggedIn() ? Long.valueOf(PAGE) : null,
        notes);
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    long offset = offset(request.cursor());
    Query address =
        new Query(api.base(), "/api/v2/search")
            .with("q", query)
            .with("type", type.name)
            .with("limit", PAGE)
            .with("offset", offset == 0 ? null : offset);
    JsonDocument answer = JsonDocument.of(api.get(address.uri()));
    PageBuilder page = new PageBuilder(uri(), answer);
    MastodonRecords records = new MastodonRecords(api.host(), provenance());
    var found = answer.root().path(type.name);
    page.each(
        found,
        (item, raw) -> {
          if (type == Type.ACCOUNTS) {
            records.account(page, item, raw);
          } else if (MastodonRecords.isPublic(item)) {
            records.status(page, answer, item, raw);
          }
        });
    boolean last = found.isEmpty() || !api.isLoggedIn();
    return page.build(null, null, last ? null : Long.toString(offset + found.size()));
  }

  private static long offset(@Nullable String cursor) {
    if (cursor == null) {
      return 0;
    }
    if (!cursor.matches("\\d{1,9}")) {
      throw new StaleCursorException("The cursor is no offset of a search on Mastodon");
    }
    return Long.parseLong(cursor);
  }
}
