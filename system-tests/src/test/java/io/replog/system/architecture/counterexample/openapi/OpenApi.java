package io.replog.system.architecture.counterexample.openapi;

import io.replog.system.architecture.counterexample.master.Master;

/// Breaches in the writer of documents.
public final class OpenApi {

  private OpenApi() {}

  record SeesMaster(Master master) {}
}
