package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.place.PlaceUri;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the URI of a place, or the path of a file. */
final class PlaceConverter implements ITypeConverter<PlaceUri> {
  @Override
  public PlaceUri convert(String value) {
    try {
      return PlaceUri.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
