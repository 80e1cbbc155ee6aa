/**
 * Records in Parquet: {@code posts.parquet}, a directory that Spark reads and writes as it is.
 * Needs {@code org.apache.parquet:parquet-hadoop} and {@code org.apache.hadoop:hadoop-client-api}
 * on the class path, and no Spark. Opened through {@link
 * io.github.sparkpysocial.place.Places#openStore}; {@link
 * io.github.sparkpysocial.connectors.parquet.ParquetFileEnding} says how the files look.
 *
 * <p>Where to start: {@code ParquetStore} is the store, {@code PartDirectory} the files it is made
 * of, {@code ParquetSession} what writes them, {@code ParquetCursor} what reads them.
 */
@NullMarked
package io.github.sparkpysocial.connectors.parquet;

import org.jspecify.annotations.NullMarked;
