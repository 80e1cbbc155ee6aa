package io.github.sparkpysocial.viz.internal;

import io.github.sparkpysocial.viz.MissingFontsException;
import java.awt.Font;
import org.jspecify.annotations.Nullable;

/** Whether Java can draw text on this machine. */
public final class MachineFonts {
  private MachineFonts() {}

  /**
   * Java says that there is no font by errors of several kinds, one for each thing that is not
   * there.
   */
  private static @Nullable Throwable missing() {
    try {
      return new Font(Font.SANS_SERIF, Font.PLAIN, 12).canDisplay('a')
          ? null
          : new IllegalStateException("No font has the letter a");
    } catch (LinkageError | InternalError | RuntimeException e) {
      return e;
    }
  }

  /**
   * Does nothing where there are fonts.
   *
   * @throws MissingFontsException where there are none
   */
  public static void require() {
    Throwable missing = missing();
    if (missing != null) {
      throw new MissingFontsException(missing);
    }
  }
}
