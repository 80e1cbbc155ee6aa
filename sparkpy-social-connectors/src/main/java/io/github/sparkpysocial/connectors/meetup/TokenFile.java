package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file that keeps the tokens of an OAuth client between runs and shares them among processes.
 * Only its owner may read it. It counts as long as the refresh token that the user gave is still
 * the one that it began with.
 */
final class TokenFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path path;
  private final String begunWith;

  /**
   * Makes the view of a file.
   *
   * @param begunWith the fingerprint of the refresh token that the user gave
   */
  TokenFile(Path path, String begunWith) {
    this.path = path;
    this.begunWith = begunWith;
  }

  /** What is kept. */
  record Tokens(Secret refresh, @Nullable Secret access) {}

  /** Keeps other processes out until it is closed. */
  FileChannel lock() throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolveSibling(path.getFileName() + ".lock"),
            EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            ownerOnly());
    try {
      channel.lock();
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return channel;
  }

  /**
   * Returns what is kept, or {@code null} if nothing is.
   *
   * @throws AuthenticationException if others may read it, or it is no file of tokens
   */
  @Nullable Tokens read() throws IOException {
    String text;
    try {
      if (isPosix() && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path))) {
        throw new AuthenticationException(
            "The file of Meetup's tokens "
                + path
                + " can be read by others; run chmod 600 on it, and have the client authorised"
                + " again if somebody did");
      }
      text = Files.readString(path, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return null;
    }
    try {
      JsonNode root = JsonDocument.of(text).root();
      if (!begunWith.equals(Json.text(root, "begun_with"))) {
        return null; // the user has authorised the client anew
      }
      String access = Json.nonEmpty(root, "access_token");
      return new Tokens(
          Secret.of(Json.required(root, "refresh_token")),
          access == null ? null : Secret.of(access));
    } catch (IllegalArgumentException e) {
      throw new AuthenticationException(
          "The file " + path + " holds no tokens of Meetup; remove it or name another one");
    }
  }

  /** Replaces what is kept, in one step. */
  void write(Tokens tokens) throws IOException {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("begun_with", begunWith);
    root.put("refresh_token", tokens.refresh().reveal());
    if (tokens.access() != null) {
      root.put("access_token", tokens.access().reveal());
    }
    Path next = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(next);
    try (FileChannel channel =
        FileChannel.open(
            next,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly())) {
      channel.write(ByteBuffer.wrap(root.toString().getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(next, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public String toString() {
    return path.toString();
  }

  private static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] ownerOnly() {
    return isPosix()
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }
}
