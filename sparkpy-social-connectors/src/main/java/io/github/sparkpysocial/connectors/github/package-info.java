/**
 * GitHub: the repositories of an organisation, and who stars, writes and commits to them. Open its
 * listings by URI or with a {@link io.github.sparkpysocial.connectors.github.GitHubClient}, such as
 * {@code github:apache/spark/stargazers}; {@link
 * io.github.sparkpysocial.connectors.github.GitHubSourceProvider} lists them.
 */
@NullMarked
package io.github.sparkpysocial.connectors.github;

import org.jspecify.annotations.NullMarked;
