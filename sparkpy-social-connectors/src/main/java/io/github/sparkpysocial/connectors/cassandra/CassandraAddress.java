package io.github.sparkpysocial.connectors.cassandra;

import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.place.PlaceUri;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the URI of a table says.
 *
 * @param hosts where to connect, not resolved
 * @param datacenter the data centre, or {@code null} for that of the hosts
 * @param user who connects, or {@code null} for anybody
 * @param password of the user
 */
record CassandraAddress(
    PlaceUri uri,
    List<InetSocketAddress> hosts,
    String keyspace,
    String table,
    @Nullable String datacenter,
    @Nullable String user,
    @Nullable String password) {

  private static final String EXAMPLE = "cassandra://user@host:9042/keyspace::table";
  private static final int USUAL_PORT = 9042;

  /** Cassandra allows 48; the companion table's name is longer by five. */
  private static final int MAX_TABLE_NAME = 43;

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,47}");
  private static final Pattern LOCATION =
      Pattern.compile(
          "//(?:(?<user>[^/@:]*)(?::(?<password>[^/]*))?@)?(?<hosts>[^/@?]+)/(?<keyspace>[^/?]*)(?:\\?(?<query>.*))?");
  private static final Pattern HOST =
      Pattern.compile("(?<host>\\[[0-9a-fA-F:.]+]|[^:,\\[\\]]+)(?::(?<port>[0-9]{1,5}))?");

  /** Returns the hosts as people write them. */
  String hostNames() {
    List<String> names = new ArrayList<>();
    hosts.forEach(host -> names.add(host.getHostString() + ':' + host.getPort()));
    return String.join(",", names);
  }

  /**
   * Reads a URI.
   *
   * @param usualPassword for a user without one in the URI, or {@code null}
   * @throws IllegalArgumentException if a part is missing or no name; the message shows how it is
   *     written
   */
  static CassandraAddress of(PlaceUri uri, @Nullable String usualPassword) {
    Matcher parts = LOCATION.matcher(uri.location());
    if (!parts.matches()) {
      throw new IllegalArgumentException(uri + " is no address; write it as " + EXAMPLE);
    }
    String table = uri.table();
    if (table == null || table.isBlank()) {
      throw new IllegalArgumentException(
          uri + " names no table; append it after two colons, as in " + EXAMPLE);
    }
    String keyspace = parts.group("keyspace");
    if (keyspace.isBlank()) {
      throw new IllegalArgumentException(
          uri + " names no keyspace; put it after the host, as in " + EXAMPLE);
    }
    requireName(uri, "keyspace", keyspace, 48);
    requireName(uri, "table", table, MAX_TABLE_NAME);
    String user = parts.group("user");
    String password = parts.group("password");
    if (user != null && password == null) {
      password = usualPassword;
      if (password == null) {
        throw new AuthenticationException(
            uri
                + " names a user without a password; set the environment variable"
                + " CASSANDRA_PASSWORD");
      }
    } else if (password != null) {
      password = decoded(uri, password);
    }
    return new CassandraAddress(
        uri,
        hosts(uri, parts.group("hosts")),
        keyspace,
        table,
        datacenter(uri, parts.group("query")),
        user == null ? null : decoded(uri, user),
        password);
  }

  private static void requireName(PlaceUri uri, String what, String name, int longest) {
    if (!NAME.matcher(name).matches() || name.length() > longest) {
      throw new IllegalArgumentException(
          uri
              + " has a "
              + what
              + " whose name Cassandra does not take: begin with a letter, go on with letters,"
              + " digits and underscores, at most "
              + longest);
    }
  }

  private static List<InetSocketAddress> hosts(PlaceUri uri, String text) {
    List<InetSocketAddress> hosts = new ArrayList<>();
    for (String one : text.split(",", -1)) {
      Matcher host = HOST.matcher(one);
      if (!host.matches()) {
        throw new IllegalArgumentException(
            uri + " has a host that cannot be read; write it as " + EXAMPLE);
      }
      String port = host.group("port");
      int number = port == null ? USUAL_PORT : Integer.parseInt(port);
      if (number < 1 || number > 65_535) {
        throw new IllegalArgumentException(uri + " has a port that is not within 1 to 65535");
      }
      hosts.add(InetSocketAddress.createUnresolved(host.group("host"), number));
    }
    return hosts;
  }

  private static @Nullable String datacenter(PlaceUri uri, @Nullable String query) {
    String datacenter = null;
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      if (!pair.startsWith("dc=") || pair.length() == 3) {
        throw new IllegalArgumentException(
            uri + " has a parameter that is not known; the only one is ?dc=, the data centre");
      }
      datacenter = decoded(uri, pair.substring(3));
    }
    return datacenter;
  }

  private static String decoded(PlaceUri uri, String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // The message of this one may show a part of the password.
      throw new IllegalArgumentException(
          uri + " has a broken percent sign: write a literal % as %25");
    }
  }

  /** Returns the URI, without the password. */
  @Override
  public String toString() {
    return uri.toString();
  }
}
