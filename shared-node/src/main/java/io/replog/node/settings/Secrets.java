package io.replog.node.settings;

import io.replog.node.security.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Reads what others must not know: from the variable itself, or from the file that `<name>_FILE`
/// names, which not everybody may read. No message repeats it.
public final class Secrets {

  private static final int MAX_BYTES = 4_096;

  private Secrets() {}

  /// A key of 8 to 256 visible ASCII characters.
  ///
  /// @throws BadSettingException if it is none, or the file cannot be used
  public static Optional<String> key(Variables variables, String name) {
    Optional<String> key = password(variables, name);
    if (key.isPresent() && !Forms.isSecret(key.get())) {
      throw new BadSettingException(name, "(hidden)", "8 to 256 visible ASCII characters");
    }
    return key;
  }

  /// A password of any form, such as others have chosen it.
  ///
  /// @throws BadSettingException if the file cannot be used
  public static Optional<String> password(Variables variables, String name) {
    String file = name + "_FILE";
    return variables.text(name).or(() -> variables.path(file).map(path -> read(file, path)));
  }

  private static String read(String variable, Path file) {
    try {
      PrivateFiles.refuseReadableByAll(file);
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("it is too large");
      }
      return Files.readString(file).strip();
    } catch (IOException unusable) {
      throw new BadSettingException(
          variable, file.toString(), "a short text file that not everybody may read");
    }
  }
}
