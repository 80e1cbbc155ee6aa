/**
 * Records in SQL databases: {@code jdbc:postgresql://host:port/database::table}, and the same for
 * MariaDB, MySQL, SQLite and H2. Needs the driver of the database on the class path. Opened through
 * {@link io.github.sparkpysocial.place.Places#openStore}; {@link
 * io.github.sparkpysocial.connectors.jdbc.JdbcStoreProvider} says how tables look.
 */
@NullMarked
package io.github.sparkpysocial.connectors.jdbc;

import org.jspecify.annotations.NullMarked;
