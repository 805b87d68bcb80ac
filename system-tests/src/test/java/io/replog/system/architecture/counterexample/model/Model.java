package io.replog.system.architecture.counterexample.model;

import org.assertj.core.api.Assertions;

/// Breaches in the vocabulary.
public final class Model {

  private Model() {}

  static class UsesForeignLibrary {
    void use() {
      Assertions.assertThat(1).isPositive();
    }
  }
}
