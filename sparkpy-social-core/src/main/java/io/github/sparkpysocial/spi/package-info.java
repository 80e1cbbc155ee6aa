/**
 * What a third party implements to bring its own network, database or file format. Providers are
 * found by {@link java.util.ServiceLoader}; they have a public constructor without arguments and do
 * nothing until asked.
 */
@NullMarked
package io.github.sparkpysocial.spi;

import org.jspecify.annotations.NullMarked;
