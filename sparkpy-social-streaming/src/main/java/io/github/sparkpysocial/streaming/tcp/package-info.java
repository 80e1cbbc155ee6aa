/**
 * Lines of text from a TCP socket as a live source, {@code tcp:HOST:PORT}. See {@link
 * io.github.sparkpysocial.streaming.tcp.TcpSourceProvider}.
 */
@NullMarked
package io.github.sparkpysocial.streaming.tcp;

import org.jspecify.annotations.NullMarked;
