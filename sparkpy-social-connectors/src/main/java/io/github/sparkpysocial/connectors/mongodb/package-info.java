/**
 * Records in MongoDB: {@code mongodb://host:port/database::collection}. Needs {@code
 * org.mongodb:mongodb-driver-sync} on the class path. Opened through {@link
 * io.github.sparkpysocial.place.Places#openStore}; {@link
 * io.github.sparkpysocial.connectors.mongodb.MongoStoreProvider} says how documents look.
 */
@NullMarked
package io.github.sparkpysocial.connectors.mongodb;

import org.jspecify.annotations.NullMarked;
