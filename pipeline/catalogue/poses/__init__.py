"""The yoga poses, one TOML file each: `pipeline.catalogue.pose` reads them."""
