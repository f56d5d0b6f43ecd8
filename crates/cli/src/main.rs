fn main() {
    let e = seisho_pipeline::Engine::new(Default::default()).unwrap();
    let mut w = e.worker();
    let out = std::env::args().nth(1).unwrap();
    for f in std::env::args().skip(2) {
        let b = std::fs::read(&f).unwrap();
        let name = std::path::Path::new(&f).file_name().unwrap().to_str().unwrap().to_owned();
        match e.convert(&name, &b, &mut w) {
            Ok(d) => std::fs::write(format!("{out}/{name}.json"), serde_json::to_string_pretty(&d).unwrap()).unwrap(),
            Err(x) => println!("{name}: {x}"),
        }
    }
}
