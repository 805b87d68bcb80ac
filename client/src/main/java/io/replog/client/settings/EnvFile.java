package io.replog.client.settings;

import io.replog.client.Failure;
import io.replog.model.settings.BadLineException;
import io.replog.model.settings.DotEnv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/// The `.env` file in the folder of the launcher.
public final class EnvFile {

  private EnvFile() {}

  /// The values of `file`, empty when there is none.
  ///
  /// @param environment what `$NAME` may refer to besides earlier lines; it wins over them
  /// @throws Failure when the file or a line cannot be read
  public static Map<String, String> read(Path file, Map<String, String> environment) {
    try {
      return DotEnv.parse(Files.readString(file), file.getFileName().toString(), environment);
    } catch (NoSuchFileException _) {
      return Map.of();
    } catch (IOException unreadable) {
      throw Failure.usage(file + " cannot be read: " + unreadable.getMessage());
    } catch (BadLineException bad) {
      throw Failure.usage(bad.getMessage());
    }
  }
}
