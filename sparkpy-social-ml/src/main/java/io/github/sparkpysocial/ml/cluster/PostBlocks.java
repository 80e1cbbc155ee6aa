package io.github.sparkpysocial.ml.cluster;

import io.github.sparkpysocial.ml.feature.Tokens;
import io.github.sparkpysocial.ml.internal.SplitMix64;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/**
 * Reads rows of id, text, language and time into blocks. Splits each text once and hashes what it
 * says, so that texts which differ only in links, mentions, case and punctuation meet: the words in
 * their order ({@link Tokens.Kind#isSaid()}), without the first {@code rt}. The hash has 128 bits;
 * that two of a billion different texts meet by chance has a probability of about 10⁻²¹.
 */
final class PostBlocks implements Iterator<PostBlock> {
  private static final int MOST_POSTS = 1 << 16;
  private static final int MOST_BYTES = 1 << 26;
  private static final long SEED_HIGH = 0x9E3779B97F4A7C15L;
  private static final long SEED_LOW = 0xC2B2AE3D27D4EB4FL;

  private final Iterator<Row> rows;
  private final Tokens tokens = new Tokens(false);

  PostBlocks(Iterator<Row> rows) {
    this.rows = rows;
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public PostBlock next() {
    if (!rows.hasNext()) {
      throw new NoSuchElementException("No more posts");
    }
    Reader reader = new Reader();
    while (rows.hasNext() && reader.size < MOST_POSTS && reader.texts.length() < MOST_BYTES) {
      Row row = rows.next();
      if (!row.isNullAt(2)) {
        reader.languages.merge(primary(row.getString(2)), 1L, Long::sum);
      }
      if (!row.isNullAt(3)) {
        reader.from = Math.min(reader.from, row.getLong(3));
        reader.to = Math.max(reader.to, row.getLong(3));
      }
      reader.read(row.getString(0), row.isNullAt(1) ? "" : row.getString(1));
    }
    return reader.block();
  }

  private static String primary(String tag) {
    int end = tag.indexOf('-');
    return (end < 0 ? tag : tag.substring(0, end)).toLowerCase(Locale.ROOT);
  }

  private static long hash(String token, long seed) {
    long hash = seed + token.length();
    for (int i = 0; i < token.length(); i++) {
      hash = (hash ^ token.charAt(i)) * 0x100000001B3L;
      hash ^= hash >>> 29;
    }
    return SplitMix64.mix(hash);
  }

  /** Fills one block. */
  private final class Reader implements Tokens.Sink {
    private final Map<String, Integer> dictionary = new HashMap<>();
    private long[] termHigh = new long[1024];
    private long[] termLow = new long[1024];
    private int[] lastPost = new int[1024];
    private int[] lastPlace = new int[1024];
    private int[] starts = new int[256];
    private int[] terms = new int[2048];
    private int[] frequencies = new int[2048];
    private long[] high = new long[256];
    private long[] low = new long[256];
    private final PostBlock.Bytes ids = new PostBlock.Bytes();
    private final PostBlock.Bytes texts = new PostBlock.Bytes();
    private final Map<String, Long> languages = new HashMap<>();
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;
    private int size;
    private int entries;
    private boolean repostMark;

    void read(String id, String text) {
      if (size == high.length) {
        starts = Arrays.copyOf(starts, 2 * size);
        high = Arrays.copyOf(high, 2 * size);
        low = Arrays.copyOf(low, 2 * size);
      }
      ids.add(id);
      texts.add(text);
      starts[size] = entries;
      high[size] = SEED_HIGH;
      low[size] = SEED_LOW;
      repostMark = false;
      tokens.scan(text, this);
      size++;
    }

    @Override
    public void token(String token, Tokens.Kind kind, int start, int end) {
      int term = number(token);
      if (kind.isSaid()) {
        if (!repostMark && token.equals("rt")) {
          repostMark = true;
        } else {
          high[size] = SplitMix64.mix(high[size] * 31 + termHigh[term]);
          low[size] = SplitMix64.mix(low[size] * 37 + termLow[term]);
        }
      }
      if (lastPost[term] == size + 1) {
        frequencies[lastPlace[term]]++;
        return;
      }
      if (entries == terms.length) {
        terms = Arrays.copyOf(terms, 2 * entries);
        frequencies = Arrays.copyOf(frequencies, 2 * entries);
      }
      lastPost[term] = size + 1;
      lastPlace[term] = entries;
      terms[entries] = term;
      frequencies[entries++] = 1;
    }

    private int number(String token) {
      Integer known = dictionary.get(token);
      if (known != null) {
        return known;
      }
      int term = dictionary.size();
      dictionary.put(token, term);
      if (term == termHigh.length) {
        termHigh = Arrays.copyOf(termHigh, 2 * term);
        termLow = Arrays.copyOf(termLow, 2 * term);
        lastPost = Arrays.copyOf(lastPost, 2 * term);
        lastPlace = Arrays.copyOf(lastPlace, 2 * term);
      }
      termHigh[term] = hash(token, SEED_HIGH);
      termLow[term] = hash(token, SEED_LOW);
      return term;
    }

    PostBlock block() {
      String[] words = new String[dictionary.size()];
      dictionary.forEach((token, term) -> words[term] = token);
      int[] bounds = Arrays.copyOf(starts, size + 1);
      bounds[size] = entries;
      return new PostBlock(
          words,
          bounds,
          Arrays.copyOf(terms, entries),
          Arrays.copyOf(frequencies, entries),
          Arrays.copyOf(high, size),
          Arrays.copyOf(low, size),
          ids,
          texts,
          languages,
          from,
          to);
    }
  }
}
