package io.github.sparkpysocial.client;

import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.store.Rejected;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing: where it stands in the listing, which is known at once, and what is on it,
 * which may be read only when it is asked for. So the next page can be on its way while the records
 * of this one are made, and they can be made by another thread. Safe for use by several threads.
 */
public final class Page {
  /** What one record counts for besides its raw JSON, roughly its size in memory. */
  private static final int SIZE_OF_A_RECORD = 1_000;

  /**
   * What is on a page.
   *
   * @param records a page may also bring records that others refer to, such as the accounts of
   *     authors
   * @param rejected items that could not be read, with their raw JSON
   * @param unknownFields fields that the client does not know, with how often each was met; they
   *     survive in the raw JSON
   */
  public record Content(
      List<SocialRecord> records, List<Rejected> rejected, Map<String, Long> unknownFields) {

    /** Nothing. */
    public static final Content NONE = new Content(List.of(), List.of(), Map.of());

    public Content {
      records = List.copyOf(records);
      rejected = List.copyOf(rejected);
      unknownFields = Map.copyOf(unknownFields);
    }

    private long size() {
      long size = 0;
      for (SocialRecord record : records) {
        String raw = record.raw();
        size += SIZE_OF_A_RECORD + (raw == null ? 0 : raw.length());
      }
      return size;
    }
  }

  private final @Nullable Position newest;
  private final @Nullable Position oldest;
  private final @Nullable String nextCursor;
  private final long size;

  /** Reads the content, until it has been read. */
  private @Nullable Supplier<Content> reader;

  private Content content = Content.NONE;

  private Page(
      @Nullable Position newest,
      @Nullable Position oldest,
      @Nullable String nextCursor,
      long size,
      Supplier<Content> reader) {
    this.newest = newest;
    this.oldest = oldest;
    this.nextCursor = nextCursor;
    this.size = size;
    this.reader = reader;
  }

  /**
   * Makes a page that has been read.
   *
   * @param content what is on it
   * @param newest the newest position on it, or {@code null} if it is empty or the listing is
   *     unordered
   * @param oldest the oldest position on it, or {@code null} if it is empty or the listing is
   *     unordered
   * @param nextCursor what leads to the next page, opaque and without secrets, or {@code null} if
   *     this is the last one
   */
  public static Page of(
      Content content,
      @Nullable Position newest,
      @Nullable Position oldest,
      @Nullable String nextCursor) {
    return new Page(newest, oldest, nextCursor, content.size(), () -> content);
  }

  /**
   * Makes a page that is read when its content is first asked for, once.
   *
   * @param reader reads it; what it throws is thrown to whoever asks for the content
   * @param size about how many bytes it holds until then, so that not too many wait to be read
   * @param newest see {@link #of}; items that turn out to be unreadable may count
   * @param oldest see {@link #of}; items that turn out to be unreadable may count
   * @param nextCursor see {@link #of}
   */
  public static Page readLater(
      Supplier<Content> reader,
      long size,
      @Nullable Position newest,
      @Nullable Position oldest,
      @Nullable String nextCursor) {
    return new Page(newest, oldest, nextCursor, size, reader);
  }

  /** Returns the same page with another cursor to the next one. */
  public Page withNextCursor(@Nullable String cursor) {
    return new Page(newest, oldest, cursor, size, this::content);
  }

  /** Returns what is on it. */
  public synchronized Content content() {
    if (reader != null) {
      content = Objects.requireNonNull(reader.get(), "content");
      reader = null;
    }
    return content;
  }

  /** Returns the records on it, and those that they refer to. */
  public List<SocialRecord> records() {
    return content().records();
  }

  /** Returns the items that could not be read, with their raw JSON. */
  public List<Rejected> rejected() {
    return content().rejected();
  }

  /** Returns the fields that the client does not know, with how often each was met. */
  public Map<String, Long> unknownFields() {
    return content().unknownFields();
  }

  /** Returns the newest position on it; {@code null} if it is empty or the listing unordered. */
  public @Nullable Position newest() {
    return newest;
  }

  /** Returns the oldest position on it; {@code null} if it is empty or the listing unordered. */
  public @Nullable Position oldest() {
    return oldest;
  }

  /** Returns what leads to the next page, or {@code null} if this is the last one. */
  public @Nullable String nextCursor() {
    return nextCursor;
  }

  /** Returns whether this is the last page. */
  public boolean isLast() {
    return nextCursor == null;
  }

  /** Returns about how many bytes of memory it takes. */
  public long size() {
    return size;
  }
}
