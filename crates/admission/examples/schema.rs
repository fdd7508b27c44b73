//! Prints the JSON Schema of the admission configuration, as `schemas/admission.schema.json` keeps it.

fn main() {
    println!("{:#}", plimsoll_admission::configuration::schema());
}
