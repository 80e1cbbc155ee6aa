/**
 * Networks for tests and trials: {@link io.github.sparkpysocial.testkit.sandbox.Sandbox} serves a
 * {@link io.github.sparkpysocial.testkit.community.Community} over loopback HTTP as X, GitHub and
 * Meetup do, with their paging, limits and errors, and counts what a client does wrong. {@link
 * io.github.sparkpysocial.testkit.sandbox.SandboxExtension} starts one for JUnit.
 */
@NullMarked
package io.github.sparkpysocial.testkit.sandbox;

import org.jspecify.annotations.NullMarked;
