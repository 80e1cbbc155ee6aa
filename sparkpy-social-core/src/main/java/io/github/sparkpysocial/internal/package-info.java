/** Shared by packages of this module; not for users, and never in a public signature. */
@NullMarked
package io.github.sparkpysocial.internal;

import org.jspecify.annotations.NullMarked;
