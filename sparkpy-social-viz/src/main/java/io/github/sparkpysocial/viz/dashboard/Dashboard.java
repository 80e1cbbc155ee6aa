package io.github.sparkpysocial.viz.dashboard;

import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.internal.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Figures, tables and numbers on one page, which is one HTML file that works with the network off.
 * Scripts and styles are inside, a Content-Security-Policy lets nothing else run, colours follow
 * the reader's setting, and the page fits a phone. Immutable and thread-safe.
 */
public final class Dashboard {
  private final String title;
  private final String subtitle;
  private final @Nullable Instant from;
  private final @Nullable Instant to;
  private final List<String> notes;
  private final List<Tile> tiles;
  private final List<Section> sections;

  private Dashboard(Builder builder) {
    this.title = builder.title;
    this.subtitle = builder.subtitle;
    this.from = builder.from;
    this.to = builder.to;
    this.notes = List.copyOf(builder.notes);
    this.tiles = List.copyOf(builder.tiles);
    this.sections = List.copyOf(builder.sections);
  }

  /** Returns a builder of an empty dashboard. */
  public static Builder builder(String title) {
    return new Builder(title);
  }

  /** Returns the heading. */
  public String title() {
    return title;
  }

  /** Returns the line below the heading, or an empty text. */
  public String subtitle() {
    return subtitle;
  }

  @Nullable Instant from() {
    return from;
  }

  @Nullable Instant to() {
    return to;
  }

  /** Returns how it was made, as lines of text. */
  public List<String> notes() {
    return notes;
  }

  /** Returns the numbers at the top. */
  public List<Tile> tiles() {
    return tiles;
  }

  /** Returns the sections, in order. */
  public List<Section> sections() {
    return sections;
  }

  /**
   * Returns the page.
   *
   * @throws IllegalArgumentException if two parts have the same id
   */
  public String toHtml() {
    return new DashboardPage(this).html();
  }

  /**
   * Returns the page as a {@link io.github.sparkpysocial.viz.live.LiveDashboard} serves it: it
   * follows the events of the server it came from.
   *
   * @throws IllegalArgumentException if two parts have the same id
   */
  public String toLiveHtml() {
    return new DashboardPage(this).live();
  }

  /**
   * Writes the page as {@code index.html} into a folder, which is made if it is missing. The file
   * appears whole or not at all.
   *
   * @return the file
   * @throws IOException if the file cannot be written; what was there before is still there
   */
  public Path write(Path folder) throws IOException {
    Path file = folder.resolve("index.html");
    WholeFile.write(file, this::write);
    return file;
  }

  /**
   * Writes the page as {@code index.html} into a folder and each of its figures beside it, as
   * {@code figures/ID.svg} and {@code figures/ID.png} in light colours, for papers and slides.
   *
   * @return the page
   * @throws IOException if a file cannot be written
   */
  public Path writeWithFigures(Path folder) throws IOException {
    for (Section section : sections) {
      for (Section.Panel panel : section.panels()) {
        if (panel.component() instanceof FigurePanel figure) {
          Path file = folder.resolve("figures").resolve(figure.id());
          Exporters.svg().write(figure.figure(), file.resolveSibling(figure.id() + ".svg"));
          Exporters.png().write(figure.figure(), file.resolveSibling(figure.id() + ".png"));
        }
      }
    }
    return write(folder);
  }

  /**
   * Writes the page to a stream in UTF-8, flushes it and leaves it open.
   *
   * @throws IOException if the stream fails
   */
  public void write(OutputStream out) throws IOException {
    out.write(toHtml().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /**
   * Writes the page, flushes the writer and leaves it open; the writer encodes as UTF-8.
   *
   * @throws IOException if the writer fails
   */
  public void write(Writer out) throws IOException {
    out.write(toHtml());
    out.flush();
  }

  /** Collects the parts of a dashboard. Not thread-safe; what it builds is immutable. */
  public static final class Builder {
    private final String title;
    private String subtitle = "";
    private @Nullable Instant from;
    private @Nullable Instant to;
    private final List<String> notes = new ArrayList<>();
    private final List<Tile> tiles = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();

    private Builder(String title) {
      this.title = Objects.requireNonNull(title, "title");
    }

    /** Sets the line below the heading. */
    public Builder subtitle(String subtitle) {
      this.subtitle = Objects.requireNonNull(subtitle, "subtitle");
      return this;
    }

    /**
     * Sets the time that the data covers.
     *
     * @throws IllegalArgumentException if it ends before it begins
     */
    public Builder period(Instant from, Instant to) {
      if (to.isBefore(from)) {
        throw new IllegalArgumentException(
            "A period ends after it begins, was from " + from + " to " + to);
      }
      this.from = from;
      this.to = to;
      return this;
    }

    /** Adds a line that says how the page was made, such as where the data is from. */
    public Builder note(String note) {
      notes.add(Objects.requireNonNull(note, "note"));
      return this;
    }

    /** Adds numbers at the top. */
    public Builder tiles(Tile... tiles) {
      this.tiles.addAll(List.of(tiles));
      return this;
    }

    /** Adds a section. */
    public Builder section(Section section) {
      sections.add(Objects.requireNonNull(section, "section"));
      return this;
    }

    /** Returns the dashboard. */
    public Dashboard build() {
      return new Dashboard(this);
    }
  }
}
