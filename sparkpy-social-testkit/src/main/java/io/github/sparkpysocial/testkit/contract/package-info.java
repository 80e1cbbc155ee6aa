/**
 * Contracts as tests: whoever brings a store proves it by extending {@link
 * io.github.sparkpysocial.testkit.contract.StoreContract}.
 */
@NullMarked
package io.github.sparkpysocial.testkit.contract;

import org.jspecify.annotations.NullMarked;
