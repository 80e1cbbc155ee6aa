package io.github.sparkpysocial.viz.dashboard;

import io.github.sparkpysocial.viz.Figure;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A figure with its title, and its data as a table to unfold.
 *
 * @param id the id of its element
 * @param figure the figure
 * @param lead a sentence below the title, or {@code null}
 */
public record FigurePanel(String id, Figure figure, @Nullable String lead) implements Component {

  public FigurePanel {
    Checks.id(id);
    Objects.requireNonNull(figure, "figure");
  }

  /** Returns a panel. */
  public static FigurePanel of(String id, Figure figure) {
    return new FigurePanel(id, figure, null);
  }

  /** Returns the same panel with a sentence below the title. */
  public FigurePanel withLead(String lead) {
    return new FigurePanel(id, figure, Objects.requireNonNull(lead, "lead"));
  }
}
