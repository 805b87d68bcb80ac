package io.replog.node.settings;

import io.replog.model.settings.BadLineException;
import io.replog.model.settings.DotEnv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The `.env` file of the working directory, for nodes started by hand. Environment variables win
/// over it, an empty one as well: it stands for the default.
public final class EnvFile {

  private EnvFile() {}

  /// The values of `file`, if there is one, overlaid by `environment`.
  ///
  /// @throws BadSettingException if the file is there and cannot be read
  /// @throws UnusableException if one of its lines cannot be read
  public static Map<String, String> under(Map<String, String> environment, Path file) {
    Map<String, String> all = new HashMap<>(parse(file, environment));
    all.putAll(environment);
    return all;
  }

  private static Map<String, String> parse(Path file, Map<String, String> environment) {
    try {
      return DotEnv.parse(Files.readString(file), file.toString(), environment);
    } catch (NoSuchFileException _) {
      return Map.of();
    } catch (IOException unreadable) {
      throw new BadSettingException(".env", file.toString(), "a readable text file");
    } catch (BadLineException bad) {
      throw new UnusableException(bad.getMessage());
    }
  }
}
