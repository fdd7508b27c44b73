//! Prints the JSON Schema of `plimsoll.yaml`, as `schemas/plimsoll.schema.json` keeps it.

fn main() {
    println!("{:#}", plimsoll_engine::configuration_schema());
}
