package io.github.sparkpysocial.ml.internal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * A directory of a file system that Hadoop knows, such as {@code hdfs:}, {@code s3a:} or {@code
 * file:}, with the settings of a session. Without a scheme it is of the session's default file
 * system.
 */
public final class HadoopPlace implements ModelPlace {
  private final Path directory;
  private final FileSystem files;

  /**
   * @throws IOException if no file system is known for the scheme, or it cannot be reached
   */
  public HadoopPlace(SparkSession spark, URI place) throws IOException {
    this.directory = new Path(place);
    this.files = directory.getFileSystem(spark.sparkContext().hadoopConfiguration());
  }

  /** Writes a directory by whatever means; see {@link #fill}. */
  @FunctionalInterface
  public interface Means {
    void write(Path unfinished) throws IOException;
  }

  @Override
  public void fill(Content content) throws IOException {
    fillBy(unfinished -> content.write(files(unfinished)));
  }

  /** Returns what makes files in a directory that is being written. */
  public NewFiles files(Path unfinished) {
    return name -> files.create(new Path(unfinished, name), false);
  }

  /**
   * Lets a directory be written, which then gets its name. On object stores, which copy to rename,
   * it may appear file by file.
   *
   * @throws FileAlreadyExistsException if something is there already
   */
  public void fillBy(Means means) throws IOException {
    if (files.exists(directory)) {
      throw new FileAlreadyExistsException(
          directory.toString(), null, "is there already; name another directory, or remove it");
    }
    Path parent = directory.getParent();
    if (parent == null) {
      throw new IOException(directory + " cannot hold a model; name a directory below it");
    }
    Path unfinished = new Path(parent, ".model-" + UUID.randomUUID());
    try {
      files.mkdirs(unfinished);
      means.write(unfinished);
      if (!files.rename(unfinished, directory)) {
        throw new IOException(
            "The model was written to " + unfinished + ", but cannot be named " + directory);
      }
    } catch (IOException | RuntimeException e) {
      files.delete(unfinished, true);
      throw e;
    }
  }

  @Override
  public byte[] read(String name) throws IOException {
    Path file = new Path(directory, name);
    try (InputStream in = files.open(file)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      NoSuchFileException missing = new NoSuchFileException(file.toString());
      missing.initCause(e);
      throw missing;
    }
  }

  /** Returns the place of a file or directory in it. */
  public Path resolve(String name) {
    return new Path(directory, name);
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
