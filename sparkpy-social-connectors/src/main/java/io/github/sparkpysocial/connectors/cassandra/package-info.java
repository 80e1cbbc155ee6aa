/**
 * Records in Cassandra: {@code cassandra://host:port/keyspace::table}, one partition a network and
 * day. Needs {@code org.apache.cassandra:java-driver-core-shaded} on the class path. Opened through
 * {@link io.github.sparkpysocial.place.Places#openStore}; {@link
 * io.github.sparkpysocial.connectors.cassandra.CassandraStoreProvider} says how tables look.
 */
@NullMarked
package io.github.sparkpysocial.connectors.cassandra;

import org.jspecify.annotations.NullMarked;
