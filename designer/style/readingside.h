#pragma once

class QLineEdit;

namespace automation {

// Lets what is typed into a field begin where people begin to read, also while it is empty: by itself a field goes by
// its text, and an empty one by the keyboard. Follows changes of the direction; once for a field. GUI thread.
void beginAtReadingSide(QLineEdit &field);

} // namespace automation
