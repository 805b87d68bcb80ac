package io.replog.connectors.sale;

/// The head office cannot use this sale, now or later. The message says why.
public final class UnfitSaleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnfitSaleException(String message) {
    super(message, null, false, false);
  }
}
