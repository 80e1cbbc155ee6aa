package io.github.sparkpysocial.connectors.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compresses by Zstandard and decompresses what other tools use, with the libraries that Parquet
 * brings. Parquet's own factory wraps the same libraries into Hadoop's codecs, which need all of
 * Hadoop and its configuration.
 */
final class Codecs implements CompressionCodecFactory {
  private static final int LEVEL = 1;

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    if (name != CompressionCodecName.ZSTD) {
      throw new IllegalArgumentException("Files are written with ZSTD, not " + name);
    }
    return new Compressor();
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    return new Decompressor(name);
  }

  @Override
  public void release() {}

  private static byte[] toArray(BytesInput bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(bytes.size()));
    bytes.writeAllTo(out);
    return out.toByteArray();
  }

  private static final class Compressor implements BytesInputCompressor {
    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      return BytesInput.from(context.compress(toArray(bytes)));
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
      context.close();
    }
  }

  private record Decompressor(CompressionCodecName codec) implements BytesInputDecompressor {

    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      return codec == CompressionCodecName.UNCOMPRESSED
          ? bytes
          : BytesInput.from(decompress(toArray(bytes), size));
    }

    @Override
    public void decompress(ByteBuffer in, int inSize, ByteBuffer out, int outSize)
        throws IOException {
      byte[] bytes = new byte[inSize];
      in.get(bytes);
      out.put(codec == CompressionCodecName.UNCOMPRESSED ? bytes : decompress(bytes, outSize));
    }

    private byte[] decompress(byte[] bytes, int size) throws IOException {
      byte[] plain = new byte[size];
      switch (codec) {
        case ZSTD -> {
          try {
            Zstd.decompress(plain, bytes);
          } catch (ZstdException e) {
            throw new IOException("A page is no Zstandard", e);
          }
        }
        case SNAPPY -> Snappy.uncompress(bytes, 0, bytes.length, plain, 0);
        case LZ4_RAW -> new Lz4Decompressor().decompress(bytes, 0, bytes.length, plain, 0, size);
        case GZIP -> {
          try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            plain = in.readNBytes(size);
          }
        }
        default ->
            throw new IOException(
                "compressed with " + codec + "; write it anew with zstd, snappy, gzip or lz4_raw");
      }
      return plain;
    }

    @Override
    public void release() {}
  }
}
