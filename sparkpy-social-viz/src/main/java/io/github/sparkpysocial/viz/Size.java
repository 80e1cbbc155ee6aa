package io.github.sparkpysocial.viz;

/**
 * Width and height of a picture.
 *
 * @param width in CSS pixels, from 64 to 8192
 * @param height in CSS pixels, from 64 to 8192
 */
public record Size(int width, int height) {
  private static final int SMALLEST = 64;
  private static final int LARGEST = 8192;

  /** 960 by 540 pixels, which fits a slide and a page. */
  public static final Size DEFAULT = new Size(960, 540);

  public Size {
    check("width", width);
    check("height", height);
  }

  /**
   * Returns a size.
   *
   * @throws IllegalArgumentException if either is out of range
   */
  public static Size of(int width, int height) {
    return new Size(width, height);
  }

  private static void check(String name, int pixels) {
    if (pixels < SMALLEST || pixels > LARGEST) {
      throw new IllegalArgumentException(
          "The %s of a picture lies between %d and %d pixels, was %d"
              .formatted(name, SMALLEST, LARGEST, pixels));
    }
  }
}
