package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.SourceProfile;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.NetworkSource;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Accounts by their names: {@code GET /2/users/by}. Every name has an outcome: the account, or an
 * entry in the quarantine that says what became of it. A name that is gone leaves no tombstone,
 * since X tells no id and a name can be taken by another.
 */
final class XUsersSource extends NetworkSource {
  static final String NAME = "[A-Za-z0-9_]{1,15}";
  private static final String PATH = "/2/users/by";
  private static final int PAGE = 100;

  private final XApi api;
  private final List<String> names;

  XUsersSource(PlaceUri uri, SourceOptions options, XApi api, List<String> names) {
    super(uri, Network.X, options.clock(), api.http());
    this.api = api;
    this.names = List.copyOf(names);
  }

  @Override
  public Order order() {
    return Order.UNORDERED;
  }

  @Override
  public Long asked() {
    return (long) names.size();
  }

  @Override
  public RecordKind kind() {
    return RecordKind.ACCOUNT;
  }

  @Override
  public SourceProfile profile() {
    return new SourceProfile(
        PAGE,
        1,
        new Quota(300, Duration.ofMinutes(15)),
        XBudget.USER,
        (long) names.size(),
        List.of("Each account read costs $0.010; the same one is charged once a day (UTC)."));
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    XList.Part part = XList.part(names, request, PAGE, uri());
    List<String> asked = new ArrayList<>();
    JsonDocument answer =
        api.users(
            PATH,
            part.size(),
            granted -> {
              asked.addAll(part.first(granted));
              return parameters -> parameters.with("usernames", String.join(",", asked));
            });
    PageBuilder page = new PageBuilder(uri(), answer);
    Set<String> open = new LinkedHashSet<>();
    asked.forEach(name -> open.add(name.toLowerCase(Locale.ROOT)));
    page.each(
        answer.root().get("data"),
        (user, raw) -> {
          open.remove(user.path("username").asText("").toLowerCase(Locale.ROOT));
          page.add(XAccounts.account(user, raw, provenance()));
          page.countUnknown("user", user, XAccounts.FIELDS);
        });
    page.each(
        answer.root().get("errors"),
        (error, raw) -> {
          open.remove(named(error).toLowerCase(Locale.ROOT));
          page.reject(raw, XProblem.of(error).reason());
        });
    for (String name : open) {
      page.reject(name, "X said nothing about this name");
    }
    return page.build(null, null, part.cursorAfter(asked.size()));
  }

  /** Returns the name that an error is about; {@code resource_id} may be an id instead. */
  static String named(JsonNode error) {
    String value = error.path("value").asText("");
    return value.isEmpty() ? error.path("resource_id").asText("") : value;
  }
}
