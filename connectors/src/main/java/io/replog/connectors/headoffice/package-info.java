/// The head office: reads the log in order and keeps every sale of every branch once. The rows and
/// the place in the log are written in one transaction, so being killed at any moment changes
/// nothing. Read [io.replog.connectors.headoffice.HeadOfficeTables] next.
@NullMarked
package io.replog.connectors.headoffice;

import org.jspecify.annotations.NullMarked;
