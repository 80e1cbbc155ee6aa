package io.github.sparkpysocial.place;

import io.github.sparkpysocial.client.NestedListing;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.spi.SourceProvider;
import io.github.sparkpysocial.spi.StoreProvider;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens places by their URI, with the providers on the class path. Thread-safe. */
public final class Places {
  private Places() {}

  /** Returns whether the URI names a network, to be opened with {@link #openSource}. */
  public static boolean isSource(PlaceUri uri) {
    return providers(SourceProvider.class).stream().anyMatch(p -> p.scheme().equals(uri.scheme()));
  }

  /**
   * Opens a store.
   *
   * @throws IllegalArgumentException if no store on the class path serves the scheme, or the URI
   *     lacks a part
   * @throws io.github.sparkpysocial.StoreException if it cannot be opened
   */
  public static RecordStore openStore(PlaceUri uri, StoreOptions options) {
    return store(uri).open(uri, options);
  }

  /**
   * Returns whether several readers can read a {@linkplain io.github.sparkpysocial.spi.PartReader
   * part} of a store each. Opens nothing.
   */
  public static boolean isReadInParts(PlaceUri uri) {
    return providers(StoreProvider.class).stream()
        .anyMatch(p -> p.scheme().equals(uri.scheme()) && p.isReadInParts(uri));
  }

  /**
   * Opens a listing of a network.
   *
   * @throws IllegalArgumentException if no client on the class path serves the scheme, or the URI
   *     names no listing
   */
  public static RecordSource openSource(PlaceUri uri, SourceOptions options) {
    return client(uri).open(uri, options);
  }

  /**
   * Returns the listings within a listing that a URI names, such as <code>
   * github:apache/&#42;/stargazers</code>.
   *
   * @return {@code null} if the URI names something else
   * @throws IllegalArgumentException if there are no such listings
   */
  public static @Nullable NestedListing nested(PlaceUri uri) {
    return isSource(uri) ? client(uri).nested(uri) : null;
  }

  /** Returns whether the URI names a live stream, to be opened with {@link #openLive}. */
  public static boolean isLive(PlaceUri uri) {
    return providers(SourceProvider.class).stream()
        .anyMatch(p -> p.scheme().equals(uri.scheme()) && p.isLive(uri));
  }

  /**
   * Opens a live stream of a network; makes no connection yet.
   *
   * @throws IllegalArgumentException if no client on the class path serves the scheme, or the URI
   *     names no live stream
   */
  public static LiveSource openLive(PlaceUri uri, SourceOptions options) {
    return client(uri).openLive(uri, options);
  }

  private static StoreProvider store(PlaceUri uri) {
    if (isSource(uri) && !isStore(uri)) {
      throw new IllegalArgumentException(
          "'" + uri + "' is a network, and keeps nothing; name a file or a database");
    }
    return choose(uri, StoreProvider.class, StoreProvider::scheme, "store");
  }

  private static SourceProvider client(PlaceUri uri) {
    if (isStore(uri) && !isSource(uri)) {
      throw new IllegalArgumentException(
          "'"
              + uri
              + "' is a file or a database, and no network is asked there; name a listing such as"
              + " github:apache/spark/stargazers");
    }
    return choose(uri, SourceProvider.class, SourceProvider::scheme, "client");
  }

  private static boolean isStore(PlaceUri uri) {
    return providers(StoreProvider.class).stream().anyMatch(p -> p.scheme().equals(uri.scheme()));
  }

  private static <P> P choose(
      PlaceUri uri, Class<P> type, Function<P, String> scheme, String what) {
    List<P> found = new ArrayList<>();
    TreeSet<String> known = new TreeSet<>();
    for (P provider : providers(type)) {
      known.add(scheme.apply(provider));
      if (scheme.apply(provider).equals(uri.scheme())) {
        found.add(provider);
      }
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "No "
              + what
              + " for '"
              + uri.scheme()
              + ":' in "
              + uri
              + "; known here are "
              + String.join(", ", known)
              + ". Is its module, such as sparkpy-social-connectors, on the class path?");
    }
    throw new IllegalArgumentException(
        "Several "
            + what
            + "s serve '"
            + uri.scheme()
            + ":': "
            + found.stream().map(p -> p.getClass().getName()).toList()
            + "; leave one of them off the class path");
  }

  private static <P> List<P> providers(Class<P> type) {
    return ServiceLoader.load(type, type.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
