package io.replog.table;

/// One step of a transaction.
public sealed interface Operation {

  /// The key that it is about.
  String key();

  /// Tells the value of a key, as the steps before have left it.
  record Read(String key) implements Operation {
    public Read {
      Key.require(key);
    }
  }

  /// Gives a key a value, whether it had one or not.
  ///
  /// @param value any text without lone surrogates, at most [Transaction#MAX_VALUE_CHARACTERS]
  record Write(String key, String value) implements Operation {
    public Write {
      Key.require(key);
      Value.require(value);
    }
  }
}
