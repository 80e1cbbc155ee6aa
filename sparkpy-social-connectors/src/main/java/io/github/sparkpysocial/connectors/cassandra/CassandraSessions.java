package io.github.sparkpysocial.connectors.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import com.datastax.oss.driver.api.core.connection.ConnectionInitException;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.StoreException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Opens sessions, and says in our words what went wrong in them. */
final class CassandraSessions {
  private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(3);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);

  private CassandraSessions() {}

  /** Connects, and fails within seconds if nobody answers. */
  static CqlSession open(CassandraAddress address) {
    ProgrammaticDriverConfigLoaderBuilder config =
        DriverConfigLoader.programmaticBuilder()
            .withString(DefaultDriverOption.SESSION_NAME, "sparkpy-social")
            .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, CONNECTS_WITHIN)
            .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, CONNECTS_WITHIN)
            .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, CONNECTS_WITHIN)
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, ANSWERS_WITHIN)
            .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, ANSWERS_WITHIN)
            // A reader then sees all that a writer was told is written, on any number of nodes.
            .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
            // Each statement carries its own time, so that repeating it changes nothing.
            .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
            // Else each table that is made takes a second, and each close two.
            .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(10))
            .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
            .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0);
    CqlSessionBuilder builder = CqlSession.builder();
    if (address.datacenter() == null) {
      config.withString(
          DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS, "DcInferringLoadBalancingPolicy");
    } else {
      builder.withLocalDatacenter(address.datacenter());
    }
    for (InetSocketAddress host : address.hosts()) {
      builder.addContactPoint(new InetSocketAddress(host.getHostString(), host.getPort()));
    }
    if (address.user() != null && address.password() != null) {
      builder.withAuthCredentials(address.user(), address.password());
    }
    try {
      return builder.withConfigLoader(config.build()).build();
    } catch (RuntimeException e) {
      throw failure(address, e);
    }
  }

  /** Returns the identifier as it stands in CQL, quoted where it must be. */
  static String quoted(String name) {
    return CqlIdentifier.fromInternal(name).asCql(false);
  }

  /** Says what failed, without the text of the driver, which may hold a password or a post. */
  static RuntimeException failure(CassandraAddress address, Throwable e) {
    if (isRefused(e)) {
      return new AuthenticationException(
          "Cassandra at " + address.hostNames() + " refused the user or password of " + address, e);
    }
    if (e instanceof AllNodesFailedException) {
      return new StoreException(
          "No Cassandra answers at "
              + address.hostNames()
              + " for "
              + address
              + "; is it running, and are host, port and ?dc= right?",
          e);
    }
    if (e instanceof DriverTimeoutException) {
      return new StoreException(
          "Cassandra at "
              + address.hostNames()
              + " did not answer within "
              + ANSWERS_WITHIN.toSeconds()
              + " s for "
              + address
              + "; is it overloaded?",
          e);
    }
    return new StoreException(
        "Cassandra at "
            + address.hostNames()
            + " failed for "
            + address
            + " with "
            + e.getClass().getSimpleName(),
        e);
  }

  private static boolean isRefused(Throwable e) {
    if (e instanceof com.datastax.oss.driver.api.core.auth.AuthenticationException
        || e instanceof UnauthorizedException) {
      return true;
    }
    List<Throwable> causes = new ArrayList<>();
    if (e instanceof AllNodesFailedException failed) {
      for (Map.Entry<Node, List<Throwable>> node : failed.getAllErrors().entrySet()) {
        causes.addAll(node.getValue());
      }
    }
    Throwable cause = e.getCause();
    if (cause != null && (e instanceof ConnectionInitException || causes.isEmpty())) {
      causes.add(cause);
    }
    return causes.stream().anyMatch(CassandraSessions::isRefused);
  }
}
